import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { descriptorOf } from "../../oci/descriptor.ts";
import type { Body } from "../target.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type Cache, openCache } from "./cache.ts";
import { inventory, prune } from "./inventory.ts";
import { formatOwner, isAlive, thisProcess } from "./owner.ts";

const MIB = 1024 * 1024;
const bytes = Buffer.alloc(6 * MIB);
for (let at = 0; at < bytes.byteLength; at += 4) bytes.writeUInt32LE(Math.imul(at, 2654435761) >>> 0, at);
const blob = descriptorOf(bytes, "x");

/** Gives what is asked for, and remembers from where. */
function source(offsets: number[], upTo = bytes.byteLength): Body {
  return async (sink, { offset = 0 } = {}) => {
    offsets.push(offset);
    for (let at = offset; at < upTo; at += 65_536) await sink(bytes.subarray(at, Math.min(at + 65_536, upTo)));
    if (upTo < bytes.byteLength) await new Promise(() => {});
  };
}

/** What arrives, as a digest: buffers this large are not to be compared by assert. */
async function digestBy(cache: Cache, body: Body): Promise<string> {
  const hash = createHash("sha256");
  const shared = cache.spool.share(blob, body, "a source");
  await shared.body((chunk) => void hash.update(chunk));
  await shared.release();
  return `sha256:${hash.digest("hex")}`;
}

/** A process that has read `read` bytes of the blob into the cache and kept a note, ready to be killed. */
async function anotherProcess(context: TestContext, folder: string, read: number) {
  const script = `
    import { openCache } from ${JSON.stringify(join(import.meta.dirname, "cache.ts"))};
    const cache = await openCache(process.argv[1]);
    await cache.uploads.keep("host/repository@digest", "https://host/upload/1");
    const blob = JSON.parse(process.argv[2]);
    const shared = cache.spool.share(blob, async (sink) => {
      const bytes = Buffer.alloc(${bytes.byteLength});
      for (let at = 0; at < bytes.byteLength; at += 4) bytes.writeUInt32LE(Math.imul(at, 2654435761) >>> 0, at);
      for (let at = 0; at < ${read}; at += 65_536) await sink(bytes.subarray(at, at + 65_536));
      await new Promise(() => {});
    }, "a source");
    let got = 0;
    setInterval(() => {}, 1000);
    await shared.body((chunk) => { got += chunk.byteLength; if (got >= ${read}) console.log("ready"); });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder, JSON.stringify(blob)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  context.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

describe("a cache", () => {
  it("goes on where a killed process stopped, with its layers and its uploads", async (context) => {
    const folder = await temporaryFolder(context);
    const other = await anotherProcess(context, folder, 4 * MIB);
    await other.kill();
    const cache = await openCache(folder);
    assert.equal(await cache.uploads.take("host/repository@digest"), "https://host/upload/1");
    assert.equal(await cache.uploads.take("host/repository@digest"), undefined);
    const offsets: number[] = [];
    assert.equal(await digestBy(cache, source(offsets)), blob.digest);
    assert.deepEqual(offsets, [4 * MIB]);
    await cache.close();
    assert.deepEqual((await readdir(folder, { recursive: true })).sort(), ["kept", "runs"]);
  });

  it("leaves processes that live what is theirs", async (context) => {
    const folder = await temporaryFolder(context);
    const other = await anotherProcess(context, folder, 4 * MIB);
    const cache = await openCache(folder);
    assert.equal(await cache.uploads.take("host/repository@digest"), undefined);
    const offsets: number[] = [];
    assert.equal(await digestBy(cache, source(offsets)), blob.digest);
    assert.deepEqual(offsets, [0]);
    assert.deepEqual((await inventory(folder)).inUse.processes, 2);
    assert.deepEqual(await prune(folder), { files: 0, bytes: 0 });
    await cache.close();
    await other.kill();
    const { kept, inUse } = await inventory(folder);
    assert.deepEqual(inUse, { processes: 0, bytes: 0 });
    assert.deepEqual([kept.files, kept.bytes > 4 * MIB], [2, true]);
    assert.equal((await prune(folder)).files, 2);
    assert.equal((await inventory(folder)).kept.files, 0);
  });

  it("gives what is left to one of many that want it, and never breaks it", async (context) => {
    const folder = await temporaryFolder(context);
    await (await anotherProcess(context, folder, 4 * MIB)).kill();
    const caches = await Promise.all(Array.from({ length: 5 }, () => openCache(folder)));
    const offsets: number[] = [];
    const digests = await Promise.all(caches.map((cache) => digestBy(cache, source(offsets))));
    assert.deepEqual(new Set(digests), new Set([blob.digest]));
    assert.deepEqual(
      offsets.sort((one, other) => other - one),
      [4 * MIB, 0, 0, 0, 0],
    );
    await Promise.all(caches.map((cache) => cache.close()));
  });

  for (const [fault, damage] of [
    ["a byte that is another", (path: string, all: Buffer) => writeFile(path, all.fill(7, 1000, 1001))],
    ["more than there is", (path: string, all: Buffer) => writeFile(path, Buffer.concat([all, Buffer.alloc(9 * MIB)]))],
    ["an end of zeros, as after a power cut", (path: string) => truncate(path, 5 * MIB)],
  ] as const) {
    it(`trusts nothing that is left: ${fault}`, async (context) => {
      const folder = await temporaryFolder(context);
      await (await anotherProcess(context, folder, 4 * MIB)).kill();
      await inventory(folder);
      const path = join(folder, "kept", blob.digest.replace(":", "-"));
      await damage(path, await readFile(path));
      const cache = await openCache(folder);
      const offsets: number[] = [];
      await assert.rejects(digestBy(cache, source(offsets)), { code: "CONTENT_MISMATCH" });
      assert.equal(await digestBy(cache, source(offsets)), blob.digest);
      assert.equal(offsets.at(-1), 0);
      await cache.close();
    });
  }

  it("keeps no more than its limit: the oldest goes first, and what nobody came for in two weeks", async (context) => {
    const folder = await temporaryFolder(context);
    const kept = join(folder, "kept");
    await mkdir(kept, { recursive: true });
    const names = ["a", "b", "c", "d"].map((letter) => `sha256-${letter.repeat(64)}`);
    for (const [at, name] of names.entries()) {
      await writeFile(join(kept, name), Buffer.alloc(2 * MIB));
      const daysAgo = new Date(Date.now() - (20 - at * 6) * 86_400_000);
      await utimes(join(kept, name), daysAgo, daysAgo);
    }
    await (await openCache(folder, { limit: 5 * MIB })).close();
    assert.deepEqual(await readdir(kept), names.slice(2));
    await (await openCache(folder, { limit: 0 })).close();
    assert.deepEqual(await readdir(kept), []);
  });

  it("looks after nothing that is small, and nothing that it did not write", async (context) => {
    const folder = await temporaryFolder(context);
    const cache = await openCache(folder);
    const small = descriptorOf(bytes.subarray(0, 1000), "x");
    const shared = cache.spool.share(small, (sink) => Promise.resolve(sink(bytes.subarray(0, 1000))), "a source");
    await shared.body(() => undefined);
    await shared.giveUp();
    await cache.close();
    assert.deepEqual(await readdir(join(folder, "kept")), []);
  });

  it("fails no upload for want of a note", async (context) => {
    const folder = await temporaryFolder(context);
    const cache = await openCache(folder);
    await rm(folder, { recursive: true });
    await cache.uploads.keep("key", "text");
    assert.equal(await cache.uploads.take("key"), undefined);
    await cache.uploads.forget("key");
  });

  it("lets nobody else read what is in it", async (context) => {
    const folder = join(await temporaryFolder(context), "cache");
    const cache = await openCache(folder);
    await cache.uploads.keep("key", "https://host/upload?_state=x");
    for (const name of await readdir(folder)) assert.equal((await stat(join(folder, name))).mode & 0o077, 0, name);
    await cache.close();
  });
});

describe("the owner of a part of the cache", () => {
  it("is known by more than its number: those come back", async () => {
    const owner = await thisProcess();
    const now = Date.now();
    assert.equal(await isAlive(owner, 0), true);
    assert.equal(await isAlive({ ...owner, started: "1" }, now), false);
    assert.equal(await isAlive({ ...owner, pid: 4_000_000 }, now), false);
    // another machine or container: only its signs tell
    assert.equal(await isAlive({ ...owner, machine: "another" }, now - 60_000), true);
    assert.equal(await isAlive({ ...owner, machine: "another" }, now - 600_000), false);
    assert.equal(formatOwner(owner).split("\n").length, 3);
  });
});
