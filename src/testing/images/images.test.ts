import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { extract } from "tar-stream";
import { digestOf } from "../../oci/digest.ts";
import { parseManifest } from "../../oci/manifest.ts";
import { DOCKER_MANIFEST, OCI_LAYER_GZIP } from "../../oci/media-types.ts";
import { collect } from "../../target/bytes.ts";
import { blobBytes } from "./image.ts";
import { randomLayer } from "./layer.ts";
import { cosignSignature, cosignTag, indexOf, randomImage, randomIndex, referrerTo } from "./random.ts";

const MIB = 1024 * 1024;
const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm", variant: "v7" },
];

describe("random layers", () => {
  for (const fileBytes of [0, 1, 511, 512, 32 * 1024 - 1536, MIB, 2 * MIB + 7]) {
    it(`are real tar in real gzip with a file of ${fileBytes} bytes`, async () => {
      const { blob, diffId } = await randomLayer("seed", fileBytes, OCI_LAYER_GZIP);
      const bytes = await collect(blob.body, blob.descriptor.size);
      assert.equal(bytes.byteLength, blob.descriptor.size);
      assert.equal(digestOf(bytes), blob.descriptor.digest);
      const tar = gunzipSync(bytes);
      assert.equal(digestOf(tar), diffId);
      const sizes: number[] = [];
      const files = extract();
      files.end(tar);
      for await (const file of files) {
        sizes.push(file.header.size ?? -1);
        file.resume();
      }
      assert.deepEqual(sizes, [fileBytes]);
    });
  }

  it("can be read from any offset", async () => {
    const { blob } = await randomLayer("seed", 3 * MIB, OCI_LAYER_GZIP);
    const whole = await collect(blob.body, blob.descriptor.size);
    await fc.assert(
      fc.asyncProperty(fc.nat(blob.descriptor.size), async (offset) => {
        const hash = createHash("sha256");
        await blob.body(
          (chunk) => {
            hash.update(chunk);
            return undefined;
          },
          { offset },
        );
        assert.equal(`sha256:${hash.digest("hex")}`, digestOf(whole.subarray(offset)));
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it("follow from their seed", async () => {
    const [first, again, other] = await Promise.all(
      ["one", "one", "two"].map((seed) => randomLayer(seed, 1000, OCI_LAYER_GZIP)),
    );
    assert.deepEqual(first?.blob.descriptor, again?.blob.descriptor);
    assert.notEqual(first?.blob.descriptor.digest, other?.blob.descriptor.digest);
  });
});

describe("random images", () => {
  it("are manifests that can be read, down to every blob", async () => {
    const index = indexOf([
      await randomIndex({ seed: "index", platforms: PLATFORMS }),
      await randomImage({ seed: "i" }),
    ]);
    const digests = new Set(index.blobs.map((blob) => blob.descriptor.digest));
    for (const raw of index.manifests) {
      assert.equal(digestOf(raw.bytes), raw.descriptor.digest);
      const manifest = parseManifest(raw);
      if (manifest.kind === "image") {
        for (const { digest } of [manifest.config, ...manifest.layers]) assert.ok(digests.has(digest));
      }
    }
    assert.equal(index.manifests.at(-1)?.descriptor.digest, index.root.digest);
  });

  it("share the layers that have the same seed", async () => {
    const layers = [{ seed: "shared", bytes: 1000 }];
    const [first, second] = await Promise.all(["1", "2"].map((seed) => randomImage({ seed, layers })));
    assert.ok(first !== undefined && second !== undefined);
    assert.notEqual(first.root.digest, second.root.digest);
    const shared = first.blobs.at(-1)?.descriptor.size ?? 0;
    assert.equal(blobBytes(first, second), blobBytes(first) + blobBytes(second) - shared);
  });

  it("come in Docker's types, too", async () => {
    const image = await randomImage({ seed: "docker", format: "docker" });
    assert.equal(image.root.mediaType, DOCKER_MANIFEST);
  });

  it("can refer to a subject, and be found by cosign's tag", async () => {
    const { root } = await randomImage({ seed: "subject" });
    const referrer = referrerTo(root, { seed: "signature", artifactType: "application/x-signature" });
    const [raw] = referrer.manifests;
    assert.ok(raw !== undefined);
    assert.equal(parseManifest(raw).subject?.digest, root.digest);
    assert.equal(cosignTag(root), `${root.digest.replace(":", "-")}.sig`);
    assert.equal(cosignSignature(root).manifests.length, 1);
  });
});
