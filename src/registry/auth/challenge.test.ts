import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Challenge, parseChallenge } from "./challenge.ts";

const READ: readonly (readonly [header: string | undefined, challenge: Challenge | undefined])[] = [
  [undefined, undefined],
  ["", undefined],
  ["Negotiate", undefined],
  ['Basic realm="Registry Realm"', { scheme: "basic" }],
  ["basic", { scheme: "basic" }],
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
    {
      scheme: "bearer",
      realm: "https://auth.docker.io/token",
      service: "registry.docker.io",
      scope: "repository:a/b:pull",
    },
  ],
  ["bearer realm=https://a.io/t", { scheme: "bearer", realm: "https://a.io/t" }],
  [
    'Bearer realm="https://a.io/t?x=\\"1\\"", error="invalid_token"',
    { scheme: "bearer", realm: 'https://a.io/t?x="1"' },
  ],
  ['Basic realm="x", Bearer realm="https://a.io/t"', { scheme: "bearer", realm: "https://a.io/t" }],
  ['Bearer service="no realm"', undefined],
  ['Bearer realm="one",realm="two"', { scheme: "bearer", realm: "one" }],
];

test("challenges are read", () => {
  for (const [header, challenge] of READ) assert.deepEqual(parseChallenge(header), challenge, header);
});

test("no header makes it fail", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => void parseChallenge(`Bearer ${text}`)),
    { seed: 20261122 },
  );
});
