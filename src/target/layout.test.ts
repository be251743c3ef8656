import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { LayoutTarget } from "./layout.ts";
import { blobPath, folderFiles } from "./layout-files.ts";
import { checked } from "./oci-archive.ts";
import { push, sampleImage, sampleIndex, sampleReferrer } from "./sample-image.ts";
import { targetContract } from "./target-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Debian: apt-get install skopeo */
const skopeo = (...words: readonly string[]) => promisify(execFile)("skopeo", words);

targetContract("an OCI layout", async (folder) => new LayoutTarget("oci:test", folder));

describe("an OCI layout", () => {
  it("is what skopeo reads, with several images in one folder", async (context) => {
    const folder = await temporaryFolder(context);
    const target = new LayoutTarget("oci:test", join(folder, "layout"));
    const image = await sampleImage(["one", "two"]);
    await push(target, image, "1.0");
    await push(target, await sampleImage(["three"]), "2.0");
    await target.close();
    await skopeo("--insecure-policy", "copy", `oci:${join(folder, "layout")}:1.0`, `dir:${join(folder, "copied")}`);
    assert.deepEqual(await readFile(join(folder, "copied/manifest.json")), image.manifest.bytes);
  });

  it("reads what skopeo writes, named by a full reference", async (context) => {
    const folder = await temporaryFolder(context);
    const target = new LayoutTarget("oci:test", join(folder, "ours"));
    const image = await sampleImage(["one"]);
    await push(target, image, "1.0");
    await target.close();
    const theirs = join(folder, "theirs");
    await skopeo(
      "--insecure-policy",
      "copy",
      `oci:${join(folder, "ours")}:1.0`,
      `oci:${theirs}:docker.io/library/busybox:1.36`,
    );
    const layout = await checked("oci:theirs", folderFiles(theirs));
    for (const name of ["1.36", "busybox:1.36", "docker.io/library/busybox:1.36"]) {
      assert.deepEqual(await layout.resolve(name), image.manifest.descriptor, name);
    }
    assert.equal(await layout.defaultReference(), "1.36");
  });

  it("leaves nothing behind but the layout", async (context) => {
    const folder = await temporaryFolder(context);
    const target = new LayoutTarget("oci:test", folder);
    await push(target, await sampleImage(["one"]), "1.0");
    await target.close();
    assert.deepEqual((await readdir(folder)).sort(), ["blobs", "index.json", "oci-layout"]);
  });

  it("lists an index, not its children, whatever came first", async (context) => {
    const target = new LayoutTarget("oci:test", await temporaryFolder(context));
    const [amd64, arm64] = [await sampleImage(["one"]), await sampleImage(["two"], { architecture: "arm64" })];
    const index = sampleIndex({ amd64, arm64 });
    for (const image of [amd64, arm64]) await push(target, image);
    await assert.rejects(target.defaultReference(), { code: "IMAGE_AMBIGUOUS" });
    await target.pushManifest(index, "multi");
    await push(target, sampleReferrer(index.descriptor));
    assert.equal(await target.defaultReference(), "multi");
    assert.deepEqual(await target.images(), [{ descriptor: index.descriptor, names: ["multi"] }]);
  });

  it("is safe with several writers in one process", async (context) => {
    const folder = await temporaryFolder(context);
    const images = await Promise.all(Array.from({ length: 12 }, (_, at) => sampleImage([`content ${at}`])));
    const targets = images.map((_, at) => new LayoutTarget(`oci:${at}`, folder));
    await Promise.all(images.map((image, at) => push(targets[at] ?? assert.fail(), image, `v${at}`)));
    await Promise.all(targets.map((target) => target.close()));
    const layout = await checked("oci:test", folderFiles(folder));
    assert.equal((await layout.images()).length, images.length);
  });

  it("keeps what others wrote into index.json", async (context) => {
    const folder = await temporaryFolder(context);
    const target = new LayoutTarget("oci:test", folder);
    await push(target, await sampleImage(["one"]), "1.0");
    const index = JSON.parse(await readFile(join(folder, "index.json"), "utf8"));
    index.annotations = { "org.example": "kept" };
    index.manifests[0].platform = { os: "linux", architecture: "amd64", "os.features": ["kept"] };
    await writeFile(join(folder, "index.json"), JSON.stringify(index));
    await push(target, await sampleImage(["two"]), "2.0");
    const after = JSON.parse(await readFile(join(folder, "index.json"), "utf8"));
    assert.deepEqual(after.annotations, index.annotations);
    assert.deepEqual(after.manifests[0], index.manifests[0]);
    assert.equal(after.manifests.length, 2);
  });

  it("finds what a list under the referrers tag names", async (context) => {
    const target = new LayoutTarget("oci:test", await temporaryFolder(context));
    const image = await sampleImage(["one"]);
    const signature = sampleReferrer(image.manifest.descriptor);
    await push(target, image, "1.0");
    await push(target, signature);
    const { digest } = image.manifest.descriptor;
    await target.pushManifest(sampleIndex({ any: signature }), digest.replace(":", "-"));
    assert.deepEqual(
      (await target.referrers(digest)).map((found) => found.digest),
      [signature.manifest.descriptor.digest],
    );
    assert.equal(await target.defaultReference(), "1.0");
  });

  it("notices a manifest that was changed on disk", async (context) => {
    const folder = await temporaryFolder(context);
    const target = new LayoutTarget("oci:test", folder);
    const image = await sampleImage(["one"]);
    await push(target, image, "1.0");
    await writeFile(join(folder, blobPath(image.manifest.descriptor.digest)), "{}");
    await assert.rejects(target.manifest("1.0"), { code: "CONTENT_MISMATCH" });
  });

  it("says what is no layout", async (context) => {
    const folder = await temporaryFolder(context);
    await assert.rejects(checked("oci:x", folderFiles(join(folder, "missing"))), { code: "TARGET_UNREADABLE" });
    await writeFile(join(folder, "oci-layout"), `{"imageLayoutVersion":"2.0.0"}`);
    await writeFile(join(folder, "index.json"), `{"schemaVersion":2,"manifests":[]}`);
    await assert.rejects(checked("oci:x", folderFiles(folder)), /version 1/);
  });

  it("names the path where the disk refuses", async (context) => {
    const folder = await temporaryFolder(context);
    await writeFile(join(folder, "file"), "");
    await mkdir(join(folder, "folder"));
    const target = new LayoutTarget("oci:test", join(folder, "file", "layout"));
    await assert.rejects(push(target, await sampleImage(["one"]), "1.0"), { code: "STORAGE_FAILED" });
  });
});
