import assert from "node:assert/strict";
import { open, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { collect } from "./bytes.ts";
import { openTar } from "./tar-file.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type Header = Parameters<ReturnType<typeof pack>["entry"]>[0];

async function tarOf(...entries: readonly (readonly [Header, Uint8Array?])[]): Promise<Buffer> {
  const tar = pack();
  for (const [header, bytes] of entries) {
    if (bytes === undefined) tar.entry(header);
    else tar.entry(header, bytes);
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

const text = Buffer.from("content");

/** A tar whose first header says another size, in octal. */
function sayingSize(tar: Buffer, octal: string): Buffer {
  const changed = Buffer.from(tar);
  changed.write(`${octal}\0`, 124, "latin1");
  changed.write("        ", 148, "latin1");
  const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  changed.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return changed;
}

describe("a tar", () => {
  it("is read in place: plain names, long names, links, large files", async (context) => {
    const folder = await temporaryFolder(context);
    const long = `${"folder/".repeat(40)}file`;
    const large = Buffer.alloc(5_000_000, "slipway ");
    const path = join(folder, "a.tar");
    const bytes = await tarOf(
      [{ name: "./a", type: "file" }, text],
      [{ name: "folder", type: "directory" }],
      [{ name: "large", type: "file" }, large],
      [{ name: long, type: "file" }, text],
      [{ name: "folder/up", type: "symlink", linkname: "../large" }],
      [{ name: "again", type: "symlink", linkname: "folder/up" }],
      [{ name: "hard", type: "link", linkname: "a" }],
      [{ name: "nowhere", type: "symlink", linkname: "missing" }],
    );
    await writeFile(path, bytes);
    const tar = await openTar("test", path, folder);
    assert.deepEqual([...tar.index.keys()].sort(), ["a", "again", long, "folder/up", "hard", "large"].sort());
    for (const name of ["a", "hard", long]) assert.deepEqual(await tar.read(name), text, name);
    for (const name of ["large", "folder/up", "again"]) assert.deepEqual(await tar.read(name), large, name);
    const rest = await collect((sink) => tar.body("large")(sink, { offset: 4_999_992 }), 100);
    assert.equal(rest.toString(), "slipway ");
    await tar.close();
  });

  for (const [fault, entries, reason] of [
    ["a name that climbs out", [[{ name: "../evil", type: "file" }, text]], /leads out/],
    ["a name that climbs in the middle", [[{ name: "a/../../evil", type: "file" }, text]], /leads out/],
    ["an absolute name", [[{ name: "/etc/passwd", type: "file" }, text]], /leads out/],
    ["a link out of it", [[{ name: "a/b", type: "symlink", linkname: "../../etc/passwd" }]], /leads out/],
    ["an absolute link", [[{ name: "a", type: "symlink", linkname: "/etc/passwd" }]], /absolute/],
    ["a hard link out of it", [[{ name: "a", type: "link", linkname: "../x" }]], /leads out/],
    [
      "links in a circle",
      [[{ name: "a", type: "symlink", linkname: "b" }], [{ name: "b", type: "symlink", linkname: "a" }]],
      /nowhere/,
    ],
    ["a device", [[{ name: "a", type: "character-device" }]], /neither/],
    [
      "a name twice",
      [
        [{ name: "a", type: "file" }, text],
        [{ name: "./a", type: "file" }, text],
      ],
      /twice/,
    ],
  ] as const) {
    it(`is refused with ${fault}`, async (context) => {
      const folder = await temporaryFolder(context);
      const bytes = await tarOf(...entries);
      for (const name of ["a.tar", "a.tar.gz"]) {
        await writeFile(join(folder, name), name.endsWith(".gz") ? gzipSync(bytes) : bytes);
        await assert.rejects(openTar("test", join(folder, name), folder), (error: Error) => {
          assert.match(error.message, reason);
          return "code" in error && error.code === "ARCHIVE_INVALID";
        });
      }
      assert.deepEqual((await readdir(folder)).sort(), ["a.tar", "a.tar.gz"]);
    });
  }

  it("is refused where it ends too early, says an absurd size, or is none", async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "a.tar");
    const whole = await tarOf([{ name: "a", type: "file" }, Buffer.alloc(3_000_000)]);
    const header = await tarOf([{ name: "a", type: "file" }, Buffer.alloc(0)]);
    const absurd = sayingSize(header, "77777777777");
    for (const bytes of [whole.subarray(0, 2_000_000), absurd, Buffer.alloc(0), Buffer.alloc(4096, 7)]) {
      await writeFile(path, bytes);
      await assert.rejects(openTar("test", path, folder), { code: "ARCHIVE_INVALID" });
    }
  });

  it("is refused where its gzip is cut", async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "a.tar.gz");
    const bytes = gzipSync(await tarOf([{ name: "a", type: "file" }, Buffer.alloc(100_000)]));
    await writeFile(path, bytes.subarray(0, bytes.byteLength / 2));
    await assert.rejects(openTar("test", path, folder), { code: "ARCHIVE_INVALID" });
    assert.deepEqual(await readdir(folder), ["a.tar.gz"]);
  });

  it("does not read the content of large files to find them", async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "sparse.tar");
    const size = 2 * 1024 ** 3;
    const header = sayingSize(await tarOf([{ name: "large", type: "file" }, Buffer.alloc(0)]), size.toString(8));
    const file = await open(path, "w");
    await file.write(header, 0, 512, 0);
    await file.write(await tarOf([{ name: "last", type: "file" }, text]), 0, undefined, 512 + size);
    await file.close();
    const started = performance.now();
    const found = await openTar("test", path, folder);
    assert.ok(performance.now() - started < 1000);
    assert.deepEqual(await found.read("last"), text);
    await found.close();
  });
});
