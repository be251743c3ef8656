import assert from "node:assert/strict";
import { test } from "node:test";
import { credentialFor, parsePrefix } from "./credentials.ts";
import { Refusal } from "./refusal.ts";

const entry = (prefix: string) => ({ prefix, username: prefix, password: "p", origin: `auth.yaml (${prefix})` });
const TABLE = ["docker.io", "docker.io/foo", "docker.io/foo/bar", "ghcr.io", "localhost:5000/team"].map(entry);

const MATCHES: readonly (readonly [host: string, repository: string, prefix: string | undefined])[] = [
  ["docker.io", "library/busybox", "docker.io"],
  ["index.docker.io", "foo/other", "docker.io/foo"],
  ["docker.io", "foo/bar", "docker.io/foo/bar"],
  ["docker.io", "foo/bar/baz", "docker.io/foo/bar"],
  ["docker.io", "foo/barn", "docker.io/foo"],
  ["docker.io", "foobar/x", "docker.io"],
  ["ghcr.io.evil.com", "x", undefined],
  ["ghcr.io:443", "x", undefined],
  ["localhost:5000", "team", "localhost:5000/team"],
  ["localhost:5000", "other", undefined],
];

for (const [host, repository, prefix] of MATCHES) {
  test(`S22: ${host}/${repository} gets the credential of ${prefix ?? "nobody"}`, () => {
    for (const table of [TABLE, TABLE.toReversed()]) {
      assert.equal(credentialFor(table, host, repository)?.prefix, prefix);
    }
  });
}

const PREFIXES: readonly (readonly [text: string, prefix: string])[] = [
  ["docker.io", "docker.io"],
  ["https://index.docker.io/v1/", "docker.io"],
  ["registry-1.docker.io", "docker.io"],
  ["docker.io/foo", "docker.io/foo"],
  ["Registry.Example.com:5000/team/app", "registry.example.com:5000/team/app"],
  ["localhost", "localhost"],
  ["ghcr.io/", "ghcr.io"],
];

for (const [text, prefix] of PREFIXES) {
  test(`${text} is the prefix ${prefix}`, () => assert.equal(parsePrefix(text), prefix));
}

for (const text of ["", "nginx", "foo/bar", "ghcr.io/UPPER", "ghcr.io/a:1", "a b.com"]) {
  test(`${JSON.stringify(text)} is no prefix`, () => {
    assert.throws(() => parsePrefix(text), Refusal);
  });
}
