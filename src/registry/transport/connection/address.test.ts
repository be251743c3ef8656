import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AddressKind, addressKind } from "./address.ts";

const TABLE: Readonly<Record<AddressKind, readonly string[]>> = {
  loopback: ["127.0.0.1", "127.255.255.254", "0.0.0.0", "::1", "::", "[::1]", "::ffff:127.0.0.1", "::ffff:7f00:1"],
  "link-local": ["169.254.0.1", "169.254.255.255", "fe80::1", "fe80::1%eth0", "febf::1", "::ffff:169.254.1.1"],
  private: [
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "::10.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "2002:0a00:0001::1",
    "2002:c0a8:0101::",
  ],
  metadata: [
    "169.254.169.254",
    "169.254.170.2",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::",
  ],
  reserved: [
    "192.0.2.1",
    "203.0.113.9",
    "224.0.0.1",
    "255.255.255.255",
    "ff02::1",
    "2001:db8::1",
    "2001:0:1::1",
    "",
    "localhost",
    "127.1",
    "1.2.3.4.5",
  ],
  public: [
    "8.8.8.8",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "169.253.1.1",
    "198.18.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:0808:0808::",
    "fe00::1",
  ],
};

for (const [kind, addresses] of Object.entries(TABLE)) {
  test(`${kind} addresses`, () => {
    for (const address of addresses) assert.equal(addressKind(address), kind, address);
  });
}

test("an IPv4 address keeps its kind in every dress of IPv6", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const hex = Buffer.from(address.split(".").map(Number)).toString("hex");
      const kind = addressKind(address);
      for (const dress of [`::ffff:${address}`, `64:ff9b::${address}`, `2002:${hex.slice(0, 4)}:${hex.slice(4)}::1`]) {
        assert.equal(addressKind(dress), kind, dress);
      }
    }),
    { seed: 6, numRuns: 500 },
  );
});
