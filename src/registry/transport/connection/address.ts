import { BlockList, isIP, isIPv4 } from "node:net";

/** What kind of machine an IP address leads to, from where we stand. */
export type AddressKind = "loopback" | "link-local" | "private" | "metadata" | "reserved" | "public";

/**
 * Which addresses are not the public Internet; the first kind that holds an address is its kind.
 * https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 *
 * 198.18.0.0/15 is left out on purpose: local tunnels (Clash, sing-box, Surge) answer every name from that range.
 */
const KINDS: readonly (readonly [kind: AddressKind, subnets: readonly string[]])[] = [
  [
    "metadata",
    [
      "169.254.169.254/32", // AWS, Azure, GCP and most others
      "169.254.170.2/32", // AWS ECS
      "169.254.170.23/32", // AWS EKS
      "169.254.0.23/32", // Tencent Cloud
      "100.100.100.200/32", // Alibaba Cloud
      "168.63.129.16/32", // Azure
      "192.0.0.192/32", // Oracle Cloud
      "fd00:ec2::/32", // AWS
      "fd20:ce::254/128", // GCP
    ],
  ],
  // A connection to the unspecified address reaches this machine.
  ["loopback", ["127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128"]],
  ["link-local", ["169.254.0.0/16", "fe80::/10"]],
  [
    "private",
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10", "64:ff9b:1::/48"],
  ],
  ["reserved", ["192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"]],
  ["reserved", ["2001::/32", "2001:db8::/32", "3fff::/20", "100::/64", "ff00::/8"]],
];

const LISTS = KINDS.map(([kind, subnets]) => [kind, listOf(subnets)] as const);

/**
 * The kind of an IP address, also when an IPv4 one is written inside IPv6 (mapped, compatible, NAT64, 6to4).
 * What is not an IP address at all is `reserved`.
 */
export function addressKind(address: string): AddressKind {
  const bare = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return "reserved";
  return LISTS.find(([, list]) => list.check(bare, family === 4 ? "ipv4" : "ipv6"))?.[0] ?? "public";
}

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix] = subnet.split("/");
    const bits = Number(prefix);
    if (!isIPv4(network)) {
      list.addSubnet(network, bits, "ipv6");
      continue;
    }
    // A BlockList sees through ::ffff:a.b.c.d by itself; the other embeddings of IPv4 are spelt out.
    list.addSubnet(network, bits, "ipv4");
    list.addSubnet(`::${network}`, 96 + bits, "ipv6");
    list.addSubnet(`64:ff9b::${network}`, 96 + bits, "ipv6");
    list.addSubnet(sixToFour(network), 16 + bits, "ipv6");
  }
  return list;
}

/** 6to4 writes an IPv4 address behind 2002: https://www.rfc-editor.org/rfc/rfc3056#section-2 */
function sixToFour(network: string): string {
  const hex = Buffer.from(network.split(".").map(Number)).toString("hex");
  return `2002:${hex.slice(0, 4)}:${hex.slice(4)}::`;
}
