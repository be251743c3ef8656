import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { longestMatch, normaliseScope } from "./scope.ts";

test("keys are brought to host[:port][/path]", () => {
  const table: readonly (readonly [key: string, scope: string])[] = [
    ["ghcr.io", "ghcr.io"],
    ["GHCR.io/Acme", "ghcr.io/Acme"],
    ["https://ghcr.io", "ghcr.io"],
    ["http://ghcr.io/", "ghcr.io"],
    ["ghcr.io/v1/", "ghcr.io"],
    ["https://ghcr.io/v2/", "ghcr.io"],
    ["ghcr.io/acme/v1", "ghcr.io/acme/v1"],
    ["localhost:5000", "localhost:5000"],
    ["[::1]:5000/team", "[::1]:5000/team"],
    ["https://index.docker.io/v1/", "docker.io"],
    ["registry-1.docker.io", "docker.io"],
    ["index.docker.io/library", "docker.io/library"],
  ];
  for (const [key, scope] of table) assert.equal(normaliseScope(key), scope, key);
});

test("S22: the longest scope wins, hosts and ports match exactly", () => {
  const table: readonly (readonly [keys: readonly string[], name: string, expected: string | undefined])[] = [
    [["ghcr.io"], "ghcr.io/acme/app", "ghcr.io"],
    [["ghcr.io"], "ghcr.io.evil.com/acme/app", undefined],
    [["ghcr.io.evil.com"], "ghcr.io/acme/app", undefined],
    [["ghcr.io"], "evil-ghcr.io/acme/app", undefined],
    [["ghcr.io"], "ghcr.io:8443/acme/app", undefined],
    [["ghcr.io:8443"], "ghcr.io/acme/app", undefined],
    [["ghcr.io:44"], "ghcr.io:443/acme/app", undefined],
    [["ghcr.io", "ghcr.io/acme", "ghcr.io/acme/app"], "ghcr.io/acme/app", "ghcr.io/acme/app"],
    [["ghcr.io/acme/app", "ghcr.io/acme", "ghcr.io"], "ghcr.io/acme/other", "ghcr.io/acme"],
    [["ghcr.io/acme"], "ghcr.io/acme-evil/app", undefined],
    [["ghcr.io/acme/app"], "ghcr.io/acme", undefined],
    [["https://index.docker.io/v1/"], "docker.io/library/busybox", "https://index.docker.io/v1/"],
    [["docker.io/library"], "registry-1.docker.io/library/busybox", "docker.io/library"],
    [["https://ghcr.io/v1/", "ghcr.io/acme"], "ghcr.io/acme/app", "ghcr.io/acme"],
    [["", "/", "https://"], "ghcr.io/acme/app", undefined],
    [[], "ghcr.io/acme/app", undefined],
  ];
  for (const [keys, name, expected] of table) {
    const slash = name.indexOf("/");
    const entries = keys.map((key) => [key, key] as const);
    assert.equal(longestMatch(entries, name.slice(0, slash), name.slice(slash + 1)), expected, `${keys} ← ${name}`);
  }
});

test("a scope never reaches a host that is written differently", () => {
  const host = fc.stringMatching(/^[a-z0-9]{1,6}(\.[a-z0-9]{1,6}){0,2}(:[0-9]{1,4})?$/);
  fc.assert(
    fc.property(host, host, (key, asked) => {
      assert.equal(longestMatch([[key, true]], asked, "team/app") === true, key === asked);
    }),
    { seed: 22, numRuns: 500 },
  );
});
