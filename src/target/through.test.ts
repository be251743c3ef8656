import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { gunzipSync, gzipSync, zstdCompressSync } from "node:zlib";
import { bodyOf, collect } from "./bytes.ts";
import type { Body } from "./target.ts";
import { compressionOfBody, gzipped, inflated, readableOf } from "./through.ts";

const bytes = Buffer.concat([randomBytes(700_000), Buffer.alloc(700_000)]);
const refuse = (reason: string) => new RangeError(reason);

/** A body in many chunks. */
const inPieces =
  (content: Uint8Array): Body =>
  async (sink, { signal } = {}) => {
    for (let at = 0; at < content.byteLength; at += 10_000) {
      signal?.throwIfAborted();
      await sink(content.subarray(at, at + 10_000));
    }
  };

describe("a body through a stream", () => {
  it("is a stream with all its bytes", async () => {
    assert.deepEqual(Buffer.concat(await readableOf(inPieces(bytes)).toArray()), bytes);
  });

  it("fails as the body fails, and ends the body when nobody reads on", async () => {
    const broken = async () => {
      throw new Error("the source broke");
    };
    await assert.rejects(readableOf(broken).toArray(), /the source broke/);
    let ended: unknown;
    const stream = readableOf((sink, options) => inPieces(bytes)(sink, options).catch((thrown) => (ended = thrown)));
    for await (const _ of stream) break;
    await new Promise(setImmediate);
    assert.ok(ended instanceof Error && ended.name === "AbortError");
  });

  it("is compressed the same way every time", async () => {
    const [one, two] = [
      await collect(gzipped(inPieces(bytes)), 2 ** 21),
      await collect(gzipped(bodyOf(bytes)), 2 ** 21),
    ];
    assert.deepEqual(one, two);
    assert.deepEqual(gunzipSync(one), bytes);
  });

  for (const [kind, packed] of [
    ["gzip", gzipSync(bytes)],
    ["zstd", zstdCompressSync(bytes)],
  ] as const) {
    it(`is known as ${kind} and inflated`, async () => {
      assert.equal(await compressionOfBody(inPieces(packed)), kind);
      const body = inflated(inPieces(packed), kind, packed.byteLength, refuse);
      assert.deepEqual(Buffer.from(await collect(body, 2 ** 21)), bytes);
    });

    it(`is refused where its ${kind} is broken`, async () => {
      const broken = Buffer.from(packed).fill(0xff, 4, 100);
      await assert.rejects(collect(inflated(inPieces(broken), kind, broken.byteLength, refuse), 2 ** 21), RangeError);
    });
  }

  it("is refused where its gzip is cut", async () => {
    const cut = gzipSync(bytes).subarray(0, 300_000);
    await assert.rejects(collect(inflated(inPieces(cut), "gzip", cut.byteLength, refuse), 2 ** 21), RangeError);
  });

  it("stops a decompression bomb", async () => {
    const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024));
    let received = 0;
    const count = (chunk: Uint8Array) => {
      received += chunk.byteLength;
      return undefined;
    };
    await assert.rejects(inflated(bodyOf(bomb), "zstd", bomb.byteLength, refuse, 1_000_000)(count), /inflates to more/);
    assert.ok(received < 1_000_000 + bomb.byteLength * 200 + 2 ** 20);
  });

  it("is nothing that is compressed", async () => {
    assert.equal(await compressionOfBody(bodyOf(Buffer.from("plain"))), undefined);
    assert.equal(await compressionOfBody(bodyOf(Buffer.alloc(0))), undefined);
  });
});
