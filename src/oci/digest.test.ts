import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Digest, digestOf, hasherFor, hexOf, isDigest, parseDigest, shortDigest } from "./digest.ts";

const HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

test("digests of nothing are the known ones", () => {
  assert.equal(digestOf(""), `sha256:${HEX}`);
  assert.match(digestOf("", "sha512"), /^sha512:cf83e1357eefb8bd/);
  assert.equal(shortDigest(digestOf("")), "sha256:e3b0c44298fc");
  assert.equal(hexOf(digestOf("")), HEX);
});

test("a running hash is the whole's hash", () => {
  for (const algorithm of ["sha256", "sha512"] as const) {
    const digest = digestOf("one two", algorithm);
    assert.equal(hasherFor(digest).update("one ").update("two").digest("hex"), hexOf(digest));
  }
});

test("S9: what is not a digest never gets near a URL or a path", () => {
  const bad = [
    "",
    HEX,
    "sha256:",
    `sha256:${HEX.slice(1)}`,
    `sha256:${HEX}0`,
    `sha256:${HEX.toUpperCase()}`,
    `sha512:${HEX}`,
    `md5:${HEX.slice(32)}`,
    "sha256:../../../../etc/passwd",
    `sha256:${HEX}\n`,
    `sha256:${HEX.slice(3)}/..`,
  ];
  for (const text of bad) {
    assert.equal(isDigest(text), false, text);
    assert.throws(() => parseDigest(text), { code: "DIGEST_INVALID" });
  }
});

test("every digest that is made can be read", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom("sha256" as const, "sha512" as const), (bytes, algorithm) => {
      const digest: Digest = digestOf(bytes, algorithm);
      assert.equal(parseDigest(digest), digest);
    }),
    { seed: 20261122 },
  );
});
