import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../../words/error.ts";
import { type Environment, isLoopbackHost, proxyFor } from "./proxy.ts";

const DIRECT = undefined;
const BOTH = { HTTP_PROXY: "http://plain:3128", HTTPS_PROXY: "http://secure:3128" };

test("the variable follows the scheme, upper case first, ALL_PROXY last", () => {
  const table: readonly (readonly [url: string, env: Environment, proxy: string | undefined])[] = [
    ["https://ghcr.io", {}, DIRECT],
    ["https://ghcr.io", BOTH, "http://secure:3128/"],
    ["http://ghcr.io", BOTH, "http://plain:3128/"],
    ["http://ghcr.io", { HTTPS_PROXY: "http://secure:3128" }, DIRECT],
    ["https://ghcr.io", { https_proxy: "http://lower:1" }, "http://lower:1/"],
    ["https://ghcr.io", { https_proxy: "http://lower:1", HTTPS_PROXY: "http://upper:1" }, "http://upper:1/"],
    ["https://ghcr.io", { HTTPS_PROXY: "", https_proxy: "http://lower:1" }, "http://lower:1/"],
    ["https://ghcr.io", { ALL_PROXY: "http://all:1", HTTP_PROXY: "http://plain:1" }, "http://all:1/"],
    ["https://ghcr.io", { ALL_PROXY: "http://all:1", https_proxy: "http://lower:1" }, "http://lower:1/"],
    ["https://ghcr.io", { HTTPS_PROXY: "proxy:8080" }, "http://proxy:8080/"],
    ["https://ghcr.io", { HTTPS_PROXY: "https://proxy" }, "https://proxy/"],
    ["https://ghcr.io", { HTTPS_PROXY: "http://me:p%40ss@proxy:1" }, "http://me:p%40ss@proxy:1/"],
  ];
  for (const [url, env, proxy] of table)
    assert.equal(proxyFor(new URL(url), env)?.href, proxy, JSON.stringify([url, env]));
});

test("this machine is reached directly, whatever the environment says", () => {
  for (const url of ["http://localhost:5000", "https://127.0.0.1", "http://127.9.9.9:1", "http://[::1]:5000"]) {
    assert.equal(proxyFor(new URL(url), BOTH), DIRECT, url);
  }
  assert.equal(proxyFor(new URL("http://localhost.evil.com"), BOTH)?.host, "plain:3128");
});

test("NO_PROXY by Go's rules", () => {
  const table: readonly (readonly [list: string, url: string, direct: boolean])[] = [
    ["*", "https://ghcr.io", true],
    ["other.io, *", "https://ghcr.io", true],
    ["ghcr.io", "https://ghcr.io", true],
    ["GHCR.io", "https://ghcr.io", true],
    ["ghcr.io", "https://pkg.ghcr.io", true],
    ["ghcr.io", "https://notghcr.io", false],
    ["ghcr.io", "https://ghcr.io.evil.com", false],
    [".ghcr.io", "https://pkg.ghcr.io", true],
    [".ghcr.io", "https://ghcr.io", false],
    ["*.ghcr.io", "https://pkg.ghcr.io", true],
    ["*.ghcr.io", "https://ghcr.io", false],
    ["ghcr.io:443", "https://ghcr.io", true],
    ["ghcr.io:80", "http://ghcr.io", true],
    ["ghcr.io:8443", "https://ghcr.io", false],
    ["ghcr.io:8443", "https://ghcr.io:8443", true],
    ["a.io, ghcr.io ,b.io", "https://ghcr.io", true],
    ["10.1.2.3", "https://10.1.2.3", true],
    ["10.1.2.3", "https://10.1.2.33", false],
    ["10.1.2.3:5000", "https://10.1.2.3:5000", true],
    ["10.1.2.3:5000", "https://10.1.2.3", false],
    ["10.0.0.0/8", "https://10.1.2.3:5000", true],
    ["10.0.0.0/8", "https://11.1.2.3", false],
    ["10.0.0.0/33", "https://10.1.2.3", false],
    ["10.0.0.0/8", "https://ten.example.com", false],
    ["fd00::/8", "https://[fd12::1]:5000", true],
    ["fd12::1", "https://[fd12:0:0::1]", true],
    ["[fd12::1]:5000", "https://[fd12::1]:5000", true],
    ["[fd12::1]:5000", "https://[fd12::1]", false],
    ["", "https://ghcr.io", false],
    [" , ,:443", "https://ghcr.io", false],
  ];
  for (const [list, url, direct] of table) {
    assert.equal(proxyFor(new URL(url), { ...BOTH, NO_PROXY: list }) === DIRECT, direct, `${list} ← ${url}`);
    assert.equal(proxyFor(new URL(url), { ...BOTH, no_proxy: list }) === DIRECT, direct, `${list} ← ${url}`);
  }
});

test("a host's own proxy goes before the environment, for any host", () => {
  const env = { ...BOTH, NO_PROXY: "*" };
  assert.equal(proxyFor(new URL("https://ghcr.io"), env, "http://own:1")?.host, "own:1");
  assert.equal(proxyFor(new URL("http://127.0.0.1:5000"), env, "http://own:1")?.host, "own:1");
  assert.equal(proxyFor(new URL("https://ghcr.io"), BOTH, "none"), DIRECT);
});

test("what is no proxy is refused by name, its value unsaid", () => {
  const table: readonly (readonly [env: Environment, option: string | undefined, name: string])[] = [
    [{ HTTPS_PROXY: "socks5://me:canary@proxy:1080" }, undefined, "HTTPS_PROXY"],
    [{ all_proxy: "http://me:canary@pro xy" }, undefined, "all_proxy"],
    [{}, "ftp://me:canary@proxy", "proxy"],
    [{}, "", "proxy"],
  ];
  for (const [env, option, name] of table) {
    assert.throws(
      () => proxyFor(new URL("https://ghcr.io"), env, option),
      (error) => {
        assert.ok(error instanceof SlipwayError);
        assert.equal(error.code, "PROXY_INVALID");
        assert.equal(error.facts.name, name);
        assert.doesNotMatch(error.message, /canary/);
        return true;
      },
    );
  }
});

test("loopback hosts", () => {
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
    assert.ok(isLoopbackHost(host), host);
  for (const host of ["localhost.com", "128.0.0.1", "::2", "127.0.0.1.nip.io"]) assert.ok(!isLoopbackHost(host), host);
});
