import assert from "node:assert/strict";
import { test } from "node:test";
import type { Digest } from "../../oci/digest.ts";
import { parseManifest } from "../../oci/manifest.ts";
import { DOCKER_INDEX, DOCKER_MANIFEST, OCI_INDEX } from "../../oci/media-types.ts";
import { attestationOf, indexOf, randomImage, randomIndex, referrerTo, type TestImage } from "../../testing/index.ts";
import { adapt } from "./adapt.ts";
import type { Adaptation } from "./adapted.ts";

const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];
const [amd64, arm64] = await Promise.all(PLATFORMS.map((platform) => randomImage({ seed: "adapt", platform })));
assert.ok(amd64 !== undefined && arm64 !== undefined);
const attested = indexOf([amd64, attestationOf(amd64.root, { seed: "adapt" }), arm64]);
const plain = indexOf([amd64, arm64]);
const docker = await randomIndex({ seed: "adapt", platforms: PLATFORMS, format: "docker" });

/** Adapts an image, and checks that a second time gives the same bytes. */
async function adapted(image: TestImage, adaptation: Adaptation) {
  const root = image.manifests.at(-1);
  assert.ok(root !== undefined);
  const read = async (digest: Digest) => {
    const manifest = image.manifests.find(({ descriptor }) => descriptor.digest === digest);
    assert.ok(manifest !== undefined, `${digest} is none of the image's`);
    return manifest;
  };
  const made = await adapt(root, adaptation, read);
  const again = await adapt(root, adaptation, read);
  assert.equal(again?.root.descriptor.digest, made?.root.descriptor.digest);
  if (made === undefined) return undefined;
  const index = parseManifest(made.root);
  const children = index.kind === "index" ? index.manifests.map(({ digest }) => digest) : [];
  return { ...made, children, leftOut: made.leftOut.map(({ digest }) => digest) };
}

test("adapt: what needs no change is not changed", async () => {
  for (const adaptation of ["nesting", "attestations"] as const) {
    for (const image of [amd64, plain, docker]) assert.equal(await adapted(image, adaptation), undefined);
  }
  assert.equal(await adapted(attested, "nesting"), undefined);
  assert.equal(await adapted(docker, "media-types"), undefined);
});

test("adapt: attestations of either form, and other artifacts, are left out; images stay as they are", async () => {
  const cases: Readonly<Record<string, TestImage>> = {
    artifact: attestationOf(amd64.root, { seed: "artifact" }),
    image: attestationOf(amd64.root, { seed: "image", form: "image" }),
    unlabelled: referrerTo(amd64.root, { seed: "other", artifactType: "application/spdx+json" }),
  };
  for (const [name, beside] of Object.entries(cases)) {
    const made = await adapted(indexOf([amd64, beside, arm64]), "attestations");
    assert.deepEqual(made?.children, [amd64.root.digest, arm64.root.digest], name);
    assert.deepEqual(made.leftOut, [beside.root.digest], name);
    assert.deepEqual(made.changes, ["attestations"], name);
    assert.equal(made.root.descriptor.mediaType, OCI_INDEX);
    assert.deepEqual([...made.made.keys()], [made.root.descriptor.digest]);
  }
});

test("adapt: nested indexes give way to what they list, each child once", async () => {
  const inner = indexOf([amd64, attestationOf(amd64.root, { seed: "inner" })]);
  const nested = indexOf([inner, indexOf([indexOf([arm64]), inner]), amd64]);
  const flat = await adapted(nested, "nesting");
  assert.equal(flat?.children.length, 3);
  assert.deepEqual(flat?.changes, ["nesting"]);
  assert.deepEqual(flat?.leftOut, []);
  const bare = await adapted(nested, "attestations");
  assert.deepEqual(bare?.children, [amd64.root.digest, arm64.root.digest]);
  assert.deepEqual(bare?.changes, ["nesting", "attestations"]);
  for (const { root } of [inner, nested]) assert.ok(bare?.gone.has(root.digest));
});

test("adapt: Docker's types name the same configurations and layers", async () => {
  const made = await adapted(attested, "media-types");
  assert.equal(made?.root.descriptor.mediaType, DOCKER_INDEX);
  assert.deepEqual(made?.changes, ["attestations", "media-types"]);
  const image = made?.made.get(made.children[0] ?? "sha256:");
  assert.equal(image?.descriptor.mediaType, DOCKER_MANIFEST);
  assert.ok(image !== undefined);
  const parts = (raw: typeof image) => {
    const manifest = parseManifest(raw);
    assert.equal(manifest.kind, "image");
    return manifest.kind === "image" ? [manifest.config, ...manifest.layers].map(({ digest }) => digest) : [];
  };
  const before = amd64.manifests[0];
  assert.ok(before !== undefined);
  assert.deepEqual(parts(image), parts(before));
  assert.deepEqual((await adapted(amd64, "media-types"))?.children, []);
});

test("adapt: nothing is made that would be no image", async () => {
  const only = indexOf([attestationOf(amd64.root, { seed: "only" })]);
  assert.equal(await adapted(only, "attestations"), undefined);
  const artifact = referrerTo(amd64.root, { seed: "artifact", artifactType: "application/spdx+json" });
  assert.equal(await adapted(artifact, "media-types"), undefined);
});
