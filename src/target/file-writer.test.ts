import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { FileWriter, writeNewFile } from "./file-writer.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("a file writer", () => {
  it("writes everything in order, and tells what is written", async (context) => {
    const path = join(await temporaryFolder(context), "file");
    const file = await open(path, "w");
    const chunks = Array.from({ length: 3000 }, (_, at) => randomBytes((at * 37) % 9000));
    let told = 0;
    const writer = new FileWriter(file, path, 10, {
      take: () => Buffer.alloc(1024 * 1024),
      give: (_, position, length) => {
        assert.equal(position, 10 + told);
        told += length;
      },
    });
    let waits = 0;
    for (const chunk of chunks) {
      const wait = writer.write(chunk);
      if (wait !== undefined) waits += 1;
      await wait;
    }
    await writer.end();
    await file.close();
    const all = Buffer.concat(chunks);
    assert.deepEqual((await readFile(path)).subarray(10), all);
    assert.equal(told, all.byteLength);
    assert.ok(waits > 0 && waits < chunks.length / 100, `${waits}`);
  });

  it("says that the disk is full, at once or at the end", async () => {
    const file = await open("/dev/full", "w");
    const writer = new FileWriter(file, "/dev/full");
    assert.equal(writer.write(Buffer.alloc(10)), undefined);
    await assert.rejects(writer.end(), { code: "STORAGE_FULL" });
    assert.throws(() => void writer.write(Buffer.alloc(10)), { code: "STORAGE_FULL" });
    await file.close();
  });

  it("does not write over a file", async (context) => {
    const path = join(await temporaryFolder(context), "file");
    const body = async () => {};
    await writeNewFile(path, body);
    await assert.rejects(writeNewFile(path, body), { code: "STORAGE_FAILED" });
  });
});
