import assert from "node:assert/strict";
import { test } from "node:test";
import type { Manifest } from "../oci/manifest.ts";
import { OCI_CONFIG, OCI_INDEX, OCI_LAYER_GZIP, OCI_MANIFEST } from "../oci/media-types.ts";
import { wordsOf } from "../words/words.ts";
import { inspectLines } from "./inspect-lines.ts";
import { plainPaint } from "./output/color.ts";

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}` as const;
const show = (mediaType: string, manifest: Manifest) =>
  inspectLines(
    "docker.io/library/a",
    { mediaType, digest: digestOf("0"), size: 9 },
    manifest,
    wordsOf("en"),
    plainPaint,
  );

test("inspect: an index lists its platforms, attestations by name", () => {
  const child = { mediaType: OCI_MANIFEST, size: 5 };
  const attestation = {
    ...child,
    digest: digestOf("c"),
    platform: { os: "unknown", architecture: "unknown" },
    annotations: { "vnd.docker.reference.type": "attestation-manifest" },
  };
  const lines = show(OCI_INDEX, {
    kind: "index",
    manifests: [
      { ...child, digest: digestOf("a"), platform: { os: "linux", architecture: "arm", variant: "v7" } },
      attestation,
    ],
    annotations: { "org.opencontainers.image.version": "1\x1b[2J" },
  });
  assert.deepEqual(lines, [
    "Name    docker.io/library/a",
    `Digest  ${digestOf("0")}`,
    `Type    ${OCI_INDEX}`,
    "",
    "Platforms",
    `  linux/arm/v7  ${digestOf("a")}  ${OCI_MANIFEST}`,
    `  attestation   ${digestOf("c")}  ${OCI_MANIFEST}`,
    "",
    "Annotations",
    "  org.opencontainers.image.version  1\uFFFD[2J",
  ]);
});

test("inspect: an image lists its layers and what a pull moves", () => {
  const lines = show(OCI_MANIFEST, {
    kind: "image",
    config: { mediaType: OCI_CONFIG, digest: digestOf("a"), size: 500 },
    layers: [
      { mediaType: OCI_LAYER_GZIP, digest: digestOf("b"), size: 2_000_000 },
      { mediaType: OCI_LAYER_GZIP, digest: digestOf("c"), size: 900 },
    ],
  });
  assert.ok(lines.includes("Size    2.0 MB"));
  assert.deepEqual(lines.slice(-3), [
    "Layers",
    `  2.0 MB  ${digestOf("b")}  ${OCI_LAYER_GZIP}`,
    `   900 B  ${digestOf("c")}  ${OCI_LAYER_GZIP}`,
  ]);
});
