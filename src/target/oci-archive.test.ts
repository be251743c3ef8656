import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { createOciArchive, openOciArchive } from "./oci-archive.ts";
import { push, sampleImage } from "./sample-image.ts";
import { targetContract } from "./target-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Debian: apt-get install skopeo */
const skopeo = (...words: readonly string[]) => promisify(execFile)("skopeo", ["--insecure-policy", ...words]);

targetContract("an OCI archive that is being written", (folder) =>
  createOciArchive("oci-archive:test", join(folder, "image.tar")),
);

describe("an OCI archive", () => {
  it("is there when it is closed, and nothing else", async (context) => {
    const folder = await temporaryFolder(context);
    const target = await createOciArchive("oci-archive:test", join(folder, "image.tar"));
    await push(target, await sampleImage(["one"]), "1.0");
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !name.startsWith(".")),
      [],
    );
    await target.close();
    assert.deepEqual(await readdir(folder), ["image.tar"]);
  });

  it("is what skopeo reads, byte for byte", async (context) => {
    const folder = await temporaryFolder(context);
    const target = await createOciArchive("oci-archive:test", join(folder, "image.tar"));
    const image = await sampleImage(["one", "two"]);
    await push(target, image, "1.0");
    await target.close();
    await skopeo("copy", `oci-archive:${join(folder, "image.tar")}:1.0`, `dir:${join(folder, "copied")}`);
    assert.deepEqual(await readFile(join(folder, "copied/manifest.json")), image.manifest.bytes);
  });

  it("reads what skopeo writes, compressed or not", async (context) => {
    const folder = await temporaryFolder(context);
    const ours = join(folder, "ours.tar");
    const theirs = join(folder, "theirs.tar");
    const target = await createOciArchive("oci-archive:ours", ours);
    const image = await sampleImage(["one"]);
    await push(target, image, "1.0");
    await target.close();
    await skopeo("copy", `oci-archive:${ours}`, `oci-archive:${theirs}:2.0`);
    const bytes = await readFile(theirs);
    for (const [kind, compressed] of [
      ["tar", bytes],
      ["gzip", gzipSync(bytes)],
      ["zstd", zstdCompressSync(bytes)],
    ] as const) {
      await writeFile(theirs, compressed);
      const archive = await openOciArchive("oci-archive:theirs", theirs, folder);
      assert.deepEqual((await archive.manifest("2.0")).bytes, image.manifest.bytes, kind);
      await archive.close();
    }
    assert.deepEqual((await readdir(folder)).sort(), ["ours.tar", "theirs.tar"]);
  });

  it("keeps the images that it holds, and is not written again for nothing", async (context) => {
    const path = join(await temporaryFolder(context), "image.tar");
    const [one, two] = [await sampleImage(["one"]), await sampleImage(["two"])];
    for (const [image, tag] of [
      [one, "1.0"],
      [two, "2.0"],
    ] as const) {
      const target = await createOciArchive("oci-archive:test", path);
      await push(target, image, tag);
      await target.close();
    }
    const before = await stat(path);
    const again = await createOciArchive("oci-archive:test", path);
    assert.deepEqual(await again.resolve("1.0"), one.manifest.descriptor);
    assert.equal(await again.exists(one.manifest.descriptor), true);
    await again.close();
    assert.equal((await stat(path)).ino, before.ino);
    const archive = await openOciArchive("oci-archive:test", path, "/tmp");
    assert.deepEqual((await archive.manifest("1.0")).bytes, one.manifest.bytes);
    assert.deepEqual((await archive.manifest("2.0")).bytes, two.manifest.bytes);
    await archive.close();
  });

  it("is the same bytes for the same images", async (context) => {
    const folder = await temporaryFolder(context);
    for (const name of ["a.tar", "b.tar"]) {
      const target = await createOciArchive("oci-archive:test", join(folder, name));
      await push(target, await sampleImage(["one"]), "1.0");
      await target.close();
    }
    assert.deepEqual(await readFile(join(folder, "a.tar")), await readFile(join(folder, "b.tar")));
  });

  it("does not touch a file that is something else", async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "thesis.doc");
    await writeFile(path, "the only copy of somebody's work".repeat(100));
    await assert.rejects(createOciArchive("oci-archive:test", path), { code: "ARCHIVE_INVALID" });
    await assert.rejects(openOciArchive("oci-archive:test", join(folder, "none"), folder), {
      code: "TARGET_UNREADABLE",
    });
    assert.deepEqual(await readdir(folder), ["thesis.doc"]);
  });
});
