import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { promisify } from "node:util";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { pack } from "tar-stream";
import { parseManifest } from "../oci/manifest.ts";
import { DOCKER_MANIFEST, OCI_LAYER_TAR } from "../oci/media-types.ts";
import { bodyOf, collect } from "./bytes.ts";
import { createDockerArchive, openDockerArchive } from "./docker-archive.ts";
import { createOciArchive } from "./oci-archive.ts";
import { push, rawManifest, type SampleImage, sampleImage, sampleIndex, sampleReferrer } from "./sample-image.ts";
import { openTar } from "./tar-file.ts";
import { tarBody } from "./tar-writer.ts";
import { targetContract } from "./target-contract.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Debian: apt-get install skopeo */
const skopeo = (...words: readonly string[]) => promisify(execFile)("skopeo", ["--insecure-policy", ...words]);

/** An archive as Docker before 25 wrote it: folders for layers, a link for a layer that is there already. */
async function classicArchive(context: TestContext, image: SampleImage, repoTags: readonly string[] | null) {
  const tar = pack();
  const [, config = Buffer.alloc(0)] = image.blobs[0] ?? [];
  const layers = image.plainLayers.map((plain, at) => {
    const name = `${at}/layer.tar`;
    const first = image.plainLayers.findIndex((other) => Buffer.compare(other, plain) === 0);
    if (first === at) tar.entry({ name }, plain);
    else tar.entry({ name, type: "symlink", linkname: `../${first}/layer.tar` });
    return name;
  });
  tar.entry({ name: "config.json" }, config);
  tar.entry({ name: "manifest.json" }, JSON.stringify([{ Config: "config.json", RepoTags: repoTags, Layers: layers }]));
  tar.finalize();
  const path = join(await temporaryFolder(context), "classic.tar");
  await writeFile(path, await Array.fromAsync(tar, (chunk) => (chunk instanceof Uint8Array ? chunk : Buffer.alloc(0))));
  return path;
}

targetContract("a Docker archive that is being written", (folder) =>
  createDockerArchive("docker-archive:test", join(folder, "image.tar"), {}),
);

describe("a Docker archive", () => {
  it("of the older form becomes an image with gzip layers, always the same", async (context) => {
    const image = await sampleImage(["one", "two", "two"]);
    // A layer that repeats has the same name inside, so that it is the same.
    const path = await classicArchive(context, image, ["busybox:1.36"]);
    const folder = await temporaryFolder(context);
    const digests = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const archive = await openDockerArchive("docker-archive:test", path, folder);
      const raw = await archive.manifest("docker.io/library/busybox:1.36");
      digests.add(raw.descriptor.digest);
      assert.equal(raw.descriptor.mediaType, DOCKER_MANIFEST);
      const manifest = parseManifest(raw);
      assert.ok(manifest.kind === "image");
      assert.equal(manifest.config.digest, image.blobs[0]?.[0].digest);
      assert.equal(manifest.layers.length, 3);
      for (const layer of manifest.layers)
        assert.equal((await collect(archive.blob(layer), 10_000)).byteLength, layer.size);
      assert.deepEqual(await Array.fromAsync(archive.tags()), [["1.36"]]);
      await archive.close();
    }
    assert.equal(digests.size, 1);
    assert.deepEqual(await readdir(folder), []);
  });

  it("of the older form follows the links between layers", async (context) => {
    const image = await sampleImage(["same"]);
    const twice = await sampleImage(["same"]);
    const [config, layer] = image.blobs;
    assert.ok(config !== undefined && layer !== undefined);
    const diffIds = JSON.parse(Buffer.from(config[1]).toString()).rootfs.diff_ids;
    const bytes = Buffer.from(
      JSON.stringify({ os: "linux", rootfs: { type: "layers", diff_ids: [...diffIds, ...diffIds] } }),
    );
    const doubled = {
      ...twice,
      blobs: [[config[0], bytes] as const],
      plainLayers: [...image.plainLayers, ...image.plainLayers],
    };
    const path = await classicArchive(context, doubled, null);
    const archive = await openDockerArchive("docker-archive:test", path, await temporaryFolder(context));
    const manifest = parseManifest(await archive.manifest(await archive.defaultReference()));
    assert.ok(manifest.kind === "image");
    assert.equal(manifest.layers.length, 2);
    assert.equal(manifest.layers[0]?.digest, manifest.layers[1]?.digest);
    await archive.close();
  });

  it("of the older form is refused where a layer is not what the configuration says", async (context) => {
    const image = await sampleImage(["one"]);
    const other = await sampleImage(["ONE"]);
    const path = await classicArchive(context, { ...image, plainLayers: other.plainLayers }, null);
    const folder = await temporaryFolder(context);
    await assert.rejects(openDockerArchive("docker-archive:test", path, folder), { code: "CONTENT_MISMATCH" });
    assert.deepEqual(await readdir(folder), []);
  });

  it("reads what skopeo writes", async (context) => {
    const folder = await temporaryFolder(context);
    const image = await sampleImage(["one", "two"]);
    const oci = await createOciArchive("oci-archive:test", join(folder, "oci.tar"));
    await push(oci, image, "1.0");
    await oci.close();
    await skopeo(
      "copy",
      `oci-archive:${join(folder, "oci.tar")}`,
      `docker-archive:${join(folder, "docker.tar")}:busybox:1.36`,
    );
    const archive = await openDockerArchive("docker-archive:test", join(folder, "docker.tar"), folder);
    const manifest = parseManifest(await archive.manifest("busybox:1.36"));
    assert.ok(manifest.kind === "image");
    const config = JSON.parse(Buffer.from(await collect(archive.blob(manifest.config), 10_000)).toString());
    const ours = JSON.parse(Buffer.from(image.blobs[0]?.[1] ?? []).toString());
    assert.deepEqual(config.rootfs, ours.rootfs);
    await archive.close();
  });

  it("of Docker 25 and later is read as the layout that it is", async (context) => {
    const path = join(await temporaryFolder(context), "modern.tar");
    const image = await sampleImage(["one"], { compress: (plain) => plain, layerType: OCI_LAYER_TAR });
    const annotations = {
      "io.containerd.image.name": "docker.io/library/busybox:1.36",
      "org.opencontainers.image.ref.name": "1.36",
    };
    const files: Record<string, Uint8Array> = {
      "oci-layout": Buffer.from(`{"imageLayoutVersion":"1.0.0"}`),
      "manifest.json": Buffer.from(`[{"Config":"x","RepoTags":["busybox:1.36"],"Layers":[]}]`),
      "index.json": Buffer.from(
        JSON.stringify({ schemaVersion: 2, manifests: [{ ...image.manifest.descriptor, annotations }] }),
      ),
    };
    for (const [{ digest }, bytes] of [...image.blobs, [image.manifest.descriptor, image.manifest.bytes] as const]) {
      files[`blobs/${digest.replace(":", "/")}`] = bytes;
    }
    const parts = Object.entries(files).map(([name, bytes]) => ({ name, size: bytes.byteLength, body: bodyOf(bytes) }));
    await writeFile(path, await collect(tarBody(parts), 2 ** 24));
    const archive = await openDockerArchive("docker-archive:test", path, "/tmp");
    assert.deepEqual((await archive.manifest("busybox:1.36")).bytes, image.manifest.bytes);
    assert.equal(await archive.defaultReference(), "1.36");
    await archive.close();
  });

  for (const [kind, compress] of [
    ["gzip", gzipSync],
    ["zstd", zstdCompressSync],
    ["uncompressed", (plain: Uint8Array) => plain],
  ] as const) {
    it(`is written from ${kind} layers as skopeo reads it`, async (context) => {
      const folder = await temporaryFolder(context);
      const path = join(folder, "docker.tar");
      const image = await sampleImage(["one", "two"], { compress });
      const target = await createDockerArchive("docker-archive:test", path, {
        repository: "docker.io/library/busybox",
      });
      await push(target, image, "1.36");
      await target.close();
      assert.deepEqual(await readdir(folder), ["docker.tar"]);
      const tar = await openTar("test", path, folder);
      const [saved] = JSON.parse(Buffer.from(await tar.read("manifest.json")).toString());
      assert.deepEqual(saved.RepoTags, ["docker.io/library/busybox:1.36"]);
      for (const [at, name] of saved.Layers.entries()) assert.deepEqual(await tar.read(name), image.plainLayers[at]);
      await tar.close();
      await skopeo("copy", `docker-archive:${path}:busybox:1.36`, `dir:${join(folder, "copied")}`);
      const copied = JSON.parse(await readFile(join(folder, "copied/manifest.json"), "utf8"));
      assert.equal(copied.config.digest, image.blobs[0]?.[0].digest);
    });
  }

  it("takes the image of one platform from an index", async (context) => {
    const path = join(await temporaryFolder(context), "docker.tar");
    const platform = { os: "linux", architecture: "arm64" };
    const target = await createDockerArchive("docker-archive:test", path, { platform });
    const [amd64, arm64] = [await sampleImage(["one"]), await sampleImage(["two"], { architecture: "arm64" })];
    for (const image of [amd64, arm64]) await push(target, image);
    await target.pushManifest(sampleIndex({ amd64, arm64 }), "latest");
    await target.close();
    const tar = await openTar("test", path, "/tmp");
    assert.equal(tar.index.has(`${arm64.blobs[0]?.[0].digest.slice(7)}.json`), true);
    assert.equal(tar.index.has(`${amd64.blobs[0]?.[0].digest.slice(7)}.json`), false);
    await tar.close();
  });

  it("leaves the file as it was where the image cannot be held", async (context) => {
    const folder = await temporaryFolder(context);
    const path = join(folder, "docker.tar");
    await writeFile(path, "before");
    const notAnImage = sampleReferrer((await sampleImage(["one"])).manifest.descriptor);
    const { subject: _, ...fields } = JSON.parse(Buffer.from(notAnImage.manifest.bytes).toString());
    const target = await createDockerArchive("docker-archive:test", path, {});
    await push(target, { ...notAnImage, manifest: rawManifest(fields.mediaType, fields) }, "1.0");
    await assert.rejects(target.close(), { code: "IMAGE_UNSUPPORTED" });
    assert.deepEqual(await readdir(folder), ["docker.tar"]);
    assert.equal(await readFile(path, "utf8"), "before");
  });
});
