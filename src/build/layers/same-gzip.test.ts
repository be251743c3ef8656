import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { digestOf } from "../../oci/digest.ts";
import { bodyOf, collect } from "../../target/bytes.ts";
import type { Body } from "../../target/target.ts";
import { sameGzip } from "./same-gzip.ts";

/** Bytes that compress well in parts and not at all in others, the same each time. */
function sample(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, (_, at) => {
    state = (state * 48_271) % 2_147_483_647;
    return at % 4096 < 2048 ? at % 7 : state % 256;
  });
}

function inChunks(bytes: Uint8Array, sizes: readonly number[]): Body {
  return async (sink) => {
    const lent = new Uint8Array(bytes.byteLength);
    for (let at = 0, turn = 0; at < bytes.byteLength; turn += 1) {
      const size = Math.min(bytes.byteLength - at, sizes[turn % sizes.length] ?? 1);
      lent.set(bytes.subarray(at, at + size));
      await sink(lent.subarray(0, size));
      lent.fill(0xee);
      at += size;
    }
  };
}

describe("gzip that is the same everywhere", () => {
  for (const [length, digest] of [
    [0, "sha256:59869db34853933b239f1e2219cf7d431da006aa919635478511fabbfc8849d2"],
    [1, "sha256:8ea776040e798cccdd5f0ffedc911b2e95ed69633fad99ef56c8fbb0d2096df3"],
    [65_536, "sha256:b91a3faa8be5e4c43caf890f6781b9087e58b4cec27ad0c35c9de8a67eccfd8c"],
    [65_537, "sha256:416f61f94dd82e278ab6b35d2b165f252d2859bdd8b8a62bf19656d19a1cec74"],
    [1_000_000, "sha256:0132942575b882c765637c756aac2b0b364934cce52c5d1f6d305af0da486cba"],
  ] as const) {
    it(`makes of ${length} bytes what it made when this test was written`, async () => {
      const plain = sample(length);
      const packed = await collect(sameGzip(bodyOf(plain)), 2 ** 24);
      assert.deepEqual(Uint8Array.from(gunzipSync(packed)), plain);
      assert.equal(digestOf(packed), digest);
    });
  }

  it("does not depend on how the bytes come, and keeps none that were lent", async () => {
    const plain = sample(300_000);
    const expected = digestOf(await collect(sameGzip(bodyOf(plain)), 2 ** 24));
    const sizes = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 5 });
    const property = fc.asyncProperty(sizes, async (chunks) => {
      fc.pre(Math.max(...chunks) > 500);
      assert.equal(digestOf(await collect(sameGzip(inChunks(plain, chunks)), 2 ** 24)), expected);
    });
    await fc.assert(property, { seed: 11, numRuns: 20 });
  });

  it("gives small pieces, each waited for, before it has read all", async () => {
    let [given, open, read] = [0, 0, 0];
    const body = inChunks(sample(4_000_000), [100_000]);
    await sameGzip((sink, options) =>
      body((chunk) => {
        read += chunk.byteLength;
        return sink(chunk);
      }, options),
    )(async (chunk) => {
      open += 1;
      assert.equal(open, 1);
      assert.ok(chunk.byteLength <= 128 * 1024);
      if (given === 0) assert.ok(read < 1_000_000);
      await new Promise(setImmediate);
      given += chunk.byteLength;
      open -= 1;
    });
    assert.ok(given > 1_000_000);
  });
});
