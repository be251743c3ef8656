import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { descriptorOf } from "../../oci/descriptor.ts";
import { failure } from "../../words/error.ts";
import type { Body, ReadOptions } from "../target.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { openCache } from "./cache.ts";

const bytes = randomBytes(3_000_000);
const blob = descriptorOf(bytes, "application/octet-stream");

/** A source that gives 64 KiB at a time, and tells what happened to it. */
function source(content: Uint8Array, hook: (at: number, call: number) => Promise<void> | void = () => {}) {
  const offsets: number[] = [];
  const body: Body = async (sink, { offset = 0, signal } = {}) => {
    offsets.push(offset);
    const call = offsets.length;
    for (let at = offset; at < content.byteLength; at += 65_536) {
      signal?.throwIfAborted();
      await hook(at, call);
      await sink(Uint8Array.from(content.subarray(at, at + 65_536)));
    }
  };
  return { body, offsets };
}

async function read(body: Body, options?: ReadOptions, pause = 0): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await body(async (chunk) => {
    chunks.push(Uint8Array.from(chunk));
    if (pause > 0) await sleep(pause);
  }, options);
  return Buffer.concat(chunks);
}

describe("a cache's spool", () => {
  it("reads the source once, and only when the first reader comes", async (context) => {
    let bytesRead = 0;
    const cache = await openCache(await temporaryFolder(context), { onRead: (count) => (bytesRead += count) });
    const { body, offsets } = source(bytes);
    const shared = cache.spool.share(blob, body, "a source");
    await sleep(5);
    assert.deepEqual(offsets, []);
    const all = await Promise.all([1, 2, 3].map(() => read(shared.body)));
    for (const got of all) assert.deepEqual(got, bytes);
    assert.deepEqual(await read(shared.body, { offset: 1_234_567 }), bytes.subarray(1_234_567));
    assert.deepEqual(await read(shared.body, { offset: bytes.byteLength }), Buffer.alloc(0));
    assert.deepEqual(offsets, [0]);
    assert.equal(bytesRead, bytes.byteLength);
    await cache.close();
  });

  it("lets nobody wait for a slow or stuck reader", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    const shared = cache.spool.share(blob, source(bytes).body, "a source");
    const stop = new AbortController();
    const stuck = shared.body(() => new Promise((_, reject) => stop.signal.addEventListener("abort", reject)));
    const slow = read(shared.body, {}, 5);
    assert.deepEqual(await read(shared.body), bytes);
    assert.deepEqual(await slow, bytes);
    stop.abort();
    await assert.rejects(stuck, (event) => event instanceof Event);
    await cache.close();
  });

  it("lets readers follow while the source is still read", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    const reached = Promise.withResolvers<void>();
    const { body } = source(bytes, (at) => (at >= 2_000_000 ? reached.promise : undefined));
    const shared = cache.spool.share(blob, body, "a source");
    let received = 0;
    await shared.body((chunk) => {
      received += chunk.byteLength;
      // The source waits for the reader: it would never go on if the reader waited for the whole.
      if (received > 1_500_000) reached.resolve();
      return undefined;
    });
    assert.equal(received, bytes.byteLength);
    await cache.close();
  });

  it("gives a failure to all who wait, and goes on from what is on disk", async (context) => {
    let bytesRead = 0;
    const cache = await openCache(await temporaryFolder(context), { onRead: (count) => (bytesRead += count) });
    const broken = failure("CONNECTION_LOST", { host: "h", reason: "reset", operation: "read" }, { retryable: true });
    const { body, offsets } = source(bytes, (at, call) => {
      if (call < 3 && at > call * 1_000_000) throw broken;
    });
    const shared = cache.spool.share(blob, body, "a source");
    for (let attempt = 0; attempt < 2; attempt++) {
      const ends = await Promise.allSettled([read(shared.body), read(shared.body)]);
      for (const end of ends) assert.ok(end.status === "rejected" && end.reason === broken);
    }
    assert.deepEqual(await read(shared.body), bytes);
    assert.deepEqual(offsets, [0, 1_048_576, 2_031_616]);
    assert.equal(bytesRead, bytes.byteLength);
    await cache.close();
  });

  it("never gives the end of wrong content, and starts again", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    const wrong = Uint8Array.from(bytes);
    wrong[10] = (wrong[10] ?? 0) ^ 1;
    const [bad, good] = [source(wrong), source(bytes)];
    let calls = 0;
    const shared = cache.spool.share(
      blob,
      (sink, options) => (calls++ === 0 ? bad : good).body(sink, options),
      "somewhere",
    );
    let received = 0;
    const count = (chunk: Uint8Array) => {
      received += chunk.byteLength;
      return undefined;
    };
    await assert.rejects(shared.body(count), { code: "CONTENT_MISMATCH", message: /somewhere/ });
    assert.ok(received < blob.size);
    assert.deepEqual(await read(shared.body), bytes);
    assert.deepEqual(good.offsets, [0]);
    await cache.close();
  });

  for (const [fault, content] of [
    ["too long", Buffer.concat([bytes, Buffer.alloc(10_000_000)])],
    ["too short", bytes.subarray(0, 2_999_999)],
  ] as const) {
    it(`refuses a source that is ${fault}`, async (context) => {
      const cache = await openCache(await temporaryFolder(context));
      const shared = cache.spool.share(blob, source(content).body, "a source");
      await assert.rejects(read(shared.body), { code: "CONTENT_MISMATCH" });
      await cache.close();
    });
  }

  it("takes blobs of every size", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    for (const size of [0, 1, 65_536, 65_537, 1_000_000]) {
      const content = bytes.subarray(0, size);
      const shared = cache.spool.share(descriptorOf(content, "x"), source(content).body, "a source");
      assert.deepEqual(await read(shared.body), content, `${size}`);
      await shared.release();
    }
    await cache.close();
  });

  it("ends one reader by its signal, and leaves the others alone", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    const gate = Promise.withResolvers<void>();
    const { body, offsets } = source(bytes, (at) => (at > 500_000 ? gate.promise : undefined));
    const shared = cache.spool.share(blob, body, "a source");
    const stop = new AbortController();
    const ended = assert.rejects(read(shared.body, { signal: stop.signal }), { name: "AbortError" });
    const other = read(shared.body);
    await sleep(20);
    stop.abort();
    await ended;
    gate.resolve();
    assert.deepEqual(await other, bytes);
    assert.deepEqual(offsets, [0]);
    await cache.close();
  });

  it("shares one entry for one digest, until the last hold is released", async (context) => {
    const folder = await temporaryFolder(context);
    const cache = await openCache(folder);
    const [first, second] = [source(bytes), source(bytes)];
    const one = cache.spool.share(blob, first.body, "a source");
    const two = cache.spool.share(blob, second.body, "a source");
    await Promise.all([read(one.body), read(two.body)]);
    assert.deepEqual([first.offsets, second.offsets], [[0], []]);
    const files = async () => (await readdir(folder, { recursive: true })).filter((file) => file.includes("sha256-"));
    await one.release();
    await one.release();
    assert.equal((await files()).length, 1);
    assert.deepEqual(await read(two.body), bytes);
    await two.release();
    assert.equal((await files()).length, 0);
    const again = cache.spool.share(blob, second.body, "a source");
    assert.deepEqual(await read(again.body), bytes);
    await again.release();
    await cache.close();
    assert.deepEqual((await readdir(folder, { recursive: true })).sort(), ["kept", "runs"]);
  });

  it("ends the source's read when nobody holds it any more", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    let reason: unknown;
    const shared = cache.spool.share(
      blob,
      (_, { signal } = {}) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener("abort", () => {
            reason = signal.reason;
            reject(reason);
          }),
        ),
      "a source",
    );
    const reader = assert.rejects(read(shared.body), { name: "AbortError" });
    await sleep(5);
    await shared.release();
    await reader;
    assert.ok(reason instanceof Error);
    await cache.close();
  });

  it("says that the disk is full, and goes on when there is room again", async (context) => {
    const folder = await temporaryFolder(context);
    // Needs root: a disk of two megabytes.
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]);
    try {
      const ballast = join(folder, "ballast");
      await writeFile(ballast, Buffer.alloc(500_000));
      const cache = await openCache(folder);
      const small = descriptorOf(bytes.subarray(0, 1_800_000), "x");
      const { body, offsets } = source(bytes.subarray(0, 1_800_000));
      const shared = cache.spool.share(small, body, "a source");
      await assert.rejects(Promise.all([read(shared.body), read(shared.body)]), { code: "STORAGE_FULL" });
      await rm(ballast);
      assert.deepEqual(await read(shared.body), bytes.subarray(0, 1_800_000));
      assert.equal(offsets.length, 2);
      await cache.close();
    } finally {
      execFileSync("umount", [folder]);
    }
  });

  it("gives up what is not finished, for another try", async (context) => {
    const folder = await temporaryFolder(context);
    const cache = await openCache(folder);
    const first = source(bytes, (at) => {
      if (at > 2_000_000) throw failure("CONNECTION_LOST", { host: "h", reason: "reset", operation: "read" });
    });
    const shared = cache.spool.share(blob, first.body, "a source");
    await assert.rejects(read(shared.body), { code: "CONNECTION_LOST" });
    assert.equal(cache.spool.has(blob), true);
    await shared.giveUp();
    assert.equal(cache.spool.has(blob), true);
    const second = source(bytes);
    const again = cache.spool.share(blob, second.body, "a source");
    assert.deepEqual(await read(again.body), bytes);
    assert.deepEqual(second.offsets, [2_031_616]);
    await again.release();
    assert.equal(cache.spool.has(blob), false);
    await cache.close();
  });

  it("reads from memory what a reader that keeps up wants, and the source no faster than the fastest reader", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    const large = randomBytes(40_000_000);
    let given = 0;
    let taken = 0;
    let furthest = 0;
    const body: Body = async (sink) => {
      for (let at = 0; at < large.byteLength; at += 65_536) {
        given = at;
        furthest = Math.max(furthest, given - taken);
        await sink(large.subarray(at, at + 65_536));
      }
    };
    const shared = cache.spool.share(descriptorOf(large, "x"), body, "a source");
    await shared.body(async (chunk) => {
      taken += chunk.byteLength;
      await sleep(1);
    });
    assert.equal(taken, large.byteLength);
    assert.ok(furthest < 8_000_000, `${furthest} bytes ahead`);
    await shared.release();
    await cache.close();
  });

  it("keeps memory flat, however far apart the readers are", async (context) => {
    const cache = await openCache(await temporaryFolder(context));
    const chunk = Buffer.alloc(1024 * 1024, 7);
    const size = 192 * chunk.byteLength;
    const hash = createHash("sha256");
    for (let at = 0; at < size; at += chunk.byteLength) hash.update(chunk);
    const large = { mediaType: "x", digest: `sha256:${hash.digest("hex")}`, size } as const;
    const give: Body = async (sink) => {
      for (let at = 0; at < size; at += chunk.byteLength) await sink(chunk);
    };
    const shared = cache.spool.share(large, give, "a source");
    const before = process.memoryUsage.rss();
    let peak = 0;
    const gate = Promise.withResolvers<void>();
    const late = shared.body(() => gate.promise);
    await shared.body(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
      return undefined;
    });
    gate.resolve();
    await late;
    assert.ok(peak - before < 120 * 1024 * 1024, `${(peak - before) / 1024 / 1024} MiB more`);
    await cache.close();
  });
});
