import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseManifest } from "../oci/manifest.ts";
import { MemoryTarget } from "../target/memory.ts";
import { attestationOf, indexOf, randomImage, randomIndex, type TestImage } from "../testing/index.ts";
import { annotatedTree } from "./annotate.ts";

const AMD64 = { os: "linux", architecture: "amd64" };
const ARM64 = { os: "linux", architecture: "arm64" };
const LABELS = { version: "1", author: "somebody" };

async function holding(image: TestImage): Promise<MemoryTarget> {
  const target = new MemoryTarget();
  for (const { descriptor, body } of image.blobs) await target.pushBlob(descriptor, body);
  for (const manifest of image.manifests) await target.pushManifest(manifest);
  return target;
}

function jsonOf(raw: { readonly bytes: Uint8Array }) {
  return JSON.parse(Buffer.from(raw.bytes).toString("utf8"));
}

describe("annotating what a builder has made", () => {
  it("changes no byte where there is nothing to say", async () => {
    for (const image of [
      await randomImage({ seed: "one" }),
      await randomImage({ seed: "docker", format: "docker" }),
      await randomIndex({ seed: "several", platforms: [AMD64, ARM64] }),
    ]) {
      const tree = await annotatedTree(await holding(image), image.root.digest, {}, []);
      assert.deepEqual(
        [...tree.children, tree.root].map(({ bytes }) => bytes),
        image.manifests.map(({ bytes }) => bytes),
      );
    }
  });

  it("changes no byte where it is said already", async () => {
    const image = await randomImage({ seed: "said", annotations: { ...LABELS, more: "x" } });
    const tree = await annotatedTree(await holding(image), image.root.digest, LABELS, []);
    assert.equal(tree.root.descriptor.digest, image.root.digest);
  });

  it("keeps what a manifest says of itself, and adds by name", async () => {
    const image = await randomImage({ seed: "more", annotations: { zoo: "z", version: "0" } });
    const { root } = await annotatedTree(await holding(image), image.root.digest, LABELS, []);
    const before = jsonOf(image.manifests[0] ?? assert.fail());
    const annotations = { author: "somebody", version: "1", zoo: "z" };
    assert.deepEqual(jsonOf(root), { ...before, annotations });
    assert.deepEqual(Object.keys(jsonOf(root).annotations), Object.keys(annotations));
  });

  it("makes OCI's of Docker's manifest, which has no annotations, over the same parts", async () => {
    const image = await randomImage({ seed: "docker", format: "docker" });
    const { root } = await annotatedTree(await holding(image), image.root.digest, LABELS, []);
    const [before, after] = [parseManifest(image.manifests[0] ?? assert.fail()), parseManifest(root)];
    assert.ok(before.kind === "image" && after.kind === "image");
    assert.equal(root.descriptor.mediaType, "application/vnd.oci.image.manifest.v1+json");
    assert.deepEqual(
      [after.config, ...after.layers].map(({ mediaType }) => mediaType),
      [
        "application/vnd.oci.image.config.v1+json",
        "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/vnd.oci.image.layer.v1.tar+gzip",
      ],
    );
    assert.deepEqual(
      [after.config, ...after.layers].map(({ digest }) => digest),
      [before.config, ...before.layers].map(({ digest }) => digest),
    );
  });

  it("annotates an index and its images, in the order in which platforms were asked for", async () => {
    const image = await randomIndex({ seed: "order", platforms: [ARM64, AMD64] });
    const tree = await annotatedTree(await holding(image), image.root.digest, LABELS, [AMD64, ARM64]);
    const index = jsonOf(tree.root);
    assert.deepEqual(index.annotations, LABELS);
    assert.deepEqual(
      index.manifests.map(({ platform }: { platform: object }) => platform),
      [AMD64, ARM64],
    );
    const digests = new Set(tree.children.map(({ descriptor }) => descriptor.digest));
    assert.ok(index.manifests.every(({ digest }: { digest: `sha256:${string}` }) => digests.has(digest)));
    for (const child of tree.children) assert.deepEqual(jsonOf(child).annotations, LABELS);
  });

  it("leaves images alone that attestations speak of, and annotates the index over them", async () => {
    const image = await randomImage({ seed: "attested" });
    const index = indexOf([image, attestationOf(image.root, { seed: "attested" })]);
    const tree = await annotatedTree(await holding(index), index.root.digest, LABELS, [AMD64]);
    assert.deepEqual(
      tree.children.map(({ descriptor }) => descriptor.digest),
      jsonOf(index.manifests.at(-1) ?? assert.fail()).manifests.map(({ digest }: { digest: string }) => digest),
    );
    const before = jsonOf(index.manifests.at(-1) ?? assert.fail());
    assert.deepEqual(jsonOf(tree.root), { ...before, annotations: LABELS });
  });
});
