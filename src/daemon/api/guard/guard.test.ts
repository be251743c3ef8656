import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../../words/error.ts";
import { formatListen, parseListen } from "../listen.ts";
import { isOwnHost, type OwnNames } from "./hosts.ts";
import { languageOf } from "./language.ts";
import { isOwnPage } from "./origin.ts";

const loopback: OwnNames = { serve: { hosts: [] }, listen: { host: "127.0.0.1", port: 4700 } };
const wide: OwnNames = {
  serve: { hosts: ["mirror.example", "box:8080"], url: "https://slipway.example.com" },
  listen: { host: "0.0.0.0", port: 4700 },
  arrived: { host: "::ffff:192.168.1.5", port: 4700 },
};

const hosts: readonly (readonly [string, OwnNames, string | undefined, boolean])[] = [
  ["loopback by name", loopback, "localhost:4700", true],
  ["in capitals", loopback, "LOCALHOST:4700", true],
  ["loopback by number", loopback, "127.0.0.1:4700", true],
  ["loopback, IPv6", loopback, "[::1]:4700", true],
  ["another port", loopback, "localhost:4701", false],
  ["no port", loopback, "localhost", false],
  ["somebody's page whose name leads here", loopback, "evil.example:4700", false],
  ["a name that begins like ours", loopback, "localhost.evil.example:4700", false],
  ["none", loopback, undefined, false],
  ["empty", loopback, "", false],
  ["another address of the machine", loopback, "192.168.1.5:4700", false],
  ["the address that was reached", wide, "192.168.1.5:4700", true],
  ["an address that was not", wide, "192.168.1.6:4700", false],
  ["serve.url", wide, "slipway.example.com", true],
  ["serve.url with another port", wide, "slipway.example.com:4700", false],
  ["below serve.url", wide, "x.slipway.example.com", false],
  ["serve.hosts", wide, "mirror.example", true],
  ["serve.hosts with any port", wide, "mirror.example:31000", true],
  ["serve.hosts with its port", wide, "box:8080", true],
  ["serve.hosts with another port", wide, "box:4700", false],
];

for (const [name, own, header, expected] of hosts) {
  test(`S27: Host, ${name}: ${expected ? "ours" : "refused"}`, () => {
    assert.equal(isOwnHost(header, own), expected);
  });
}

test("on port 80, Host may leave the port out", () => {
  const own = { serve: { hosts: [] }, listen: { host: "127.0.0.1", port: 80 } };
  assert.ok(isOwnHost("localhost", own));
  assert.ok(isOwnHost("localhost:80", own));
});

const host = "127.0.0.1:4700";
const url = "https://slipway.example.com";
const pages: readonly (readonly [string, Parameters<typeof isOwnPage>[0], boolean])[] = [
  ["our page", { origin: `http://${host}`, fetchSite: "same-origin", host, url: undefined }, true],
  ["our page, of an old browser", { origin: `http://${host}`, fetchSite: undefined, host, url: undefined }, true],
  ["no Origin", { origin: undefined, fetchSite: "same-origin", host, url: undefined }, true],
  ["neither", { origin: undefined, fetchSite: undefined, host, url: undefined }, false],
  ["another site", { origin: "https://evil.example", fetchSite: "cross-site", host, url: undefined }, false],
  ["another site, of an old browser", { origin: "https://evil.example", fetchSite: undefined, host, url }, false],
  ["another port", { origin: "http://127.0.0.1:3000", fetchSite: "same-site", host, url: undefined }, false],
  ["a page without origin", { origin: "null", fetchSite: "cross-site", host, url: undefined }, false],
  ["typed, or from a bookmark", { origin: undefined, fetchSite: "none", host, url: undefined }, false],
  ["behind a proxy", { origin: url, fetchSite: "same-origin", host: "slipway.example.com", url }, true],
  [
    "without its TLS",
    { origin: "http://slipway.example.com", fetchSite: undefined, host: "slipway.example.com", url },
    false,
  ],
  [
    "behind a proxy with TLS that nobody told of",
    { origin: "https://box", fetchSite: undefined, host: "box", url: undefined },
    true,
  ],
];

for (const [name, provenance, expected] of pages) {
  test(`S28: a change by cookie, ${name}: ${expected ? "taken" : "refused"}`, () => {
    assert.equal(isOwnPage(provenance), expected);
  });
}

const languages: readonly (readonly [string | undefined, string | undefined, string])[] = [
  [undefined, undefined, "en"],
  [undefined, "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  [undefined, "en-GB, zh;q=0.9", "en"],
  [undefined, "fr, zh-TW;q=0.5, en;q=0.7", "en"],
  [undefined, "zh;q=0, en", "en"],
  [undefined, "de", "en"],
  ["zh-CN", "en", "zh-CN"],
  ["en", "zh", "en"],
  ["xx", "zh", "zh-CN"],
  [undefined, ";;;q=,,", "en"],
];

for (const [asked, accepted, expected] of languages) {
  test(`the language of ?lang=${asked} and Accept-Language: ${accepted} is ${expected}`, () => {
    assert.equal(languageOf(asked, accepted), expected);
  });
}

for (const text of ["127.0.0.1:4700", "[::1]:0", "0.0.0.0:80", "box.example:65535"]) {
  test(`${text} is an address to listen on`, () => {
    assert.equal(formatListen(parseListen(text)), text);
  });
}

for (const text of ["", "4700", "127.0.0.1", ":4700", "::1:4700", "a:70000", "http://a:80", "a b:80"]) {
  test(`"${text}" is no address to listen on`, () => {
    assert.throws(
      () => parseListen(text),
      (thrown) => thrown instanceof SlipwayError && thrown.code === "API_LISTEN_INVALID",
    );
  });
}
