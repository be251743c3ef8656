import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { descriptorOf } from "../oci/descriptor.ts";
import type { ImageIndex } from "../oci/manifest.ts";
import { OCI_MANIFEST } from "../oci/media-types.ts";
import { parsePlatform } from "../oci/platform.ts";
import { choosePlatform, hostPlatform } from "./choose-platform.ts";

function indexOf(...platforms: readonly (string | undefined)[]): ImageIndex {
  const manifests = platforms.map((text, at) => {
    const [os = "", architecture = "", variant] = text?.split("/") ?? [];
    const platform = { os, architecture, ...(variant !== undefined && { variant }) };
    return { ...descriptorOf(Buffer.from(String(at)), OCI_MANIFEST), ...(text !== undefined && { platform }) };
  });
  return { kind: "index", manifests };
}

describe("choosing a platform", () => {
  const index = indexOf("linux/amd64", "unknown/unknown", "linux/arm/v6", "linux/arm/v7", "linux/arm64/v8");
  for (const [wanted, at] of [
    ["linux/amd64", 0],
    ["linux/arm", 2],
    ["linux/arm/v7", 3],
    ["linux/arm64", 4],
    ["linux/aarch64", 4],
  ] as const) {
    it(`finds ${wanted}`, () => {
      assert.equal(choosePlatform("x", index, parsePlatform(wanted)), index.manifests[at]);
    });
  }

  it("says what there is where there is none", () => {
    assert.throws(() => choosePlatform("sha256:1", index, parsePlatform("windows/amd64")), {
      code: "PLATFORM_UNKNOWN",
      message:
        "sha256:1 has no image for windows/amd64; it has linux/amd64, linux/arm/v6, linux/arm/v7, linux/arm64/v8",
    });
  });

  it("takes the only image where none says its platform", () => {
    const single = indexOf(undefined);
    assert.equal(choosePlatform("x", single), single.manifests[0]);
    assert.throws(() => choosePlatform("x", indexOf(undefined, undefined)), { code: "PLATFORM_UNKNOWN" });
  });

  it("knows what this machine runs", () => {
    assert.deepEqual(hostPlatform("x64"), { os: "linux", architecture: "amd64" });
    assert.deepEqual(hostPlatform("arm64"), { os: "linux", architecture: "arm64" });
    assert.deepEqual(hostPlatform("s390x"), { os: "linux", architecture: "s390x" });
  });
});
