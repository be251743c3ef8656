import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Platform, PlatformFilter } from "../../oci/platform.ts";
import { MemoryTarget } from "../../target/memory.ts";
import { attestationOf, indexOf, randomImage, type TestImage } from "../../testing/index.ts";
import { annotatedTree } from "../annotate.ts";
import { madePlatforms } from "./made-platforms.ts";

const AMD64 = { os: "linux", architecture: "amd64" };
const ARM64 = { os: "linux", architecture: "arm64" };
const ARMV7 = { os: "linux", architecture: "arm", variant: "v7" };

async function platformsOf(image: TestImage, wanted: readonly PlatformFilter[]): Promise<readonly Platform[]> {
  const target = new MemoryTarget();
  for (const { descriptor, body } of image.blobs) await target.pushBlob(descriptor, body);
  for (const manifest of image.manifests) await target.pushManifest(manifest);
  return madePlatforms(target, await annotatedTree(target, image.root.digest, {}, wanted), "buildah", wanted);
}

const images = await Promise.all([AMD64, ARM64, ARMV7].map((platform) => randomImage({ seed: "made", platform })));
const [amd64 = assert.fail(), arm64 = assert.fail(), armv7 = assert.fail()] = images;

describe("the platforms that a builder has built for", () => {
  it("are those that the images name", async () => {
    assert.deepEqual(await platformsOf(amd64, []), [AMD64]);
    assert.deepEqual(await platformsOf(indexOf([amd64, armv7]), [AMD64, { os: "linux", architecture: "arm" }]), [
      AMD64,
      ARMV7,
    ]);
  });

  it("are not those of attestations", async () => {
    const attestations = (["image", "artifact"] as const).map((form) =>
      attestationOf(arm64.root, { seed: form, form }),
    );
    assert.deepEqual(await platformsOf(indexOf([arm64, ...attestations]), [ARM64]), [ARM64]);
  });

  it("have to hold all that were asked for", async () => {
    await assert.rejects(platformsOf(indexOf([amd64, arm64]), [AMD64, ARMV7, { os: "linux", architecture: "s390x" }]), {
      code: "BUILD_PLATFORMS_WRONG",
      message:
        "buildah has not built an image for linux/arm/v7, linux/s390x; what it built is for linux/amd64, linux/arm64",
    });
  });

  it("have to be those that the index names: buildah 1.28 can give one step's result to all platforms", async () => {
    const mistaken = indexOf([arm64, { ...arm64, root: { ...arm64.root, platform: AMD64 } }]);
    await assert.rejects(platformsOf(mistaken, [ARM64]), {
      code: "BUILD_PLATFORMS_WRONG",
      facts: { builder: "buildah", wanted: "linux/amd64", made: "linux/arm64, linux/arm64" },
    });
  });
});
