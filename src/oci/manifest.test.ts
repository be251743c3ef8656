import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../words/error.ts";
import { descriptorOf } from "./descriptor.ts";
import { digestOf } from "./digest.ts";
import { blobsOf, childrenOf, MAX_MANIFEST_BYTES, parseManifest, type RawManifest, referrersTag } from "./manifest.ts";
import { DOCKER_INDEX, DOCKER_MANIFEST, OCI_CONFIG, OCI_INDEX, OCI_LAYER_GZIP, OCI_MANIFEST } from "./media-types.ts";

const config = { mediaType: OCI_CONFIG, digest: digestOf("config"), size: 6 };
const layer = { mediaType: OCI_LAYER_GZIP, digest: digestOf("layer"), size: 5 };
const child = {
  mediaType: OCI_MANIFEST,
  digest: digestOf("child"),
  size: 5,
  platform: { os: "linux", architecture: "amd64" },
};

function raw(content: unknown, mediaType: string = OCI_MANIFEST): RawManifest {
  const bytes = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  return { bytes, descriptor: descriptorOf(bytes, mediaType) };
}

test("an image points to its config and layers", () => {
  const parsed = parseManifest(raw({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [layer, layer] }));
  assert.equal(parsed.kind, "image");
  assert.deepEqual(blobsOf(parsed), [config, layer, layer]);
  assert.deepEqual(childrenOf(parsed), []);
});

test("an index points to manifests, and to blobs where it is a cache", () => {
  const parsed = parseManifest(raw({ manifests: [child, layer], subject: child, artifactType: "a/b" }, OCI_INDEX));
  assert.deepEqual(childrenOf(parsed), [child]);
  assert.deepEqual(blobsOf(parsed), [layer]);
  assert.equal(parsed.subject?.digest, child.digest);
  assert.equal(parsed.artifactType, "a/b");
});

test("Docker's own types are read alike", () => {
  assert.equal(parseManifest(raw({ config, layers: [] }, DOCKER_MANIFEST)).kind, "image");
  assert.equal(parseManifest(raw({ manifests: [] }, DOCKER_INDEX)).kind, "index");
});

const REFUSED: readonly (readonly [name: string, manifest: RawManifest, reason: RegExp])[] = [
  ["not JSON", raw("{"), /not JSON/],
  [
    "not UTF-8",
    { bytes: Buffer.from([0xff]), descriptor: descriptorOf(Buffer.from([0xff]), OCI_MANIFEST) },
    /not JSON/,
  ],
  ["not an object", raw("[]"), /not an object/],
  ["S11: manifests and layers", raw({ manifests: [], layers: [], config }), /both/],
  ["S11: manifests and config in an index", raw({ manifests: [], config }, OCI_INDEX), /both/],
  ["S11: another type than it was served as", raw({ mediaType: OCI_INDEX, config, layers: [] }), /calls itself/],
  ["schema 1", raw({ schemaVersion: 1 }, "application/vnd.docker.distribution.manifest.v1+prettyjws"), /not an image/],
  [
    "S12: a size over 2^53",
    raw(`{"config":{"mediaType":"a","digest":"${config.digest}","size":9007199254740993},"layers":[]}`),
    /size/,
  ],
  ["a negative size", raw({ config: { ...config, size: -1 }, layers: [] }), /config.size/],
  ["half a byte", raw({ config, layers: [{ ...layer, size: 0.5 }] }), /layers\[0\].size/],
  ["S9: a digest that is a path", raw({ config: { ...config, digest: "sha256:../.." }, layers: [] }), /digest/],
  ["no config", raw({ layers: [] }), /config/],
  ["layers that are no list", raw({ config, layers: {} }), /not a list/],
  ["S17: a huge index", raw({ manifests: Array.from({ length: 10_001 }, () => child) }, OCI_INDEX), /more than/],
  ["S14: over 4 MiB", raw(`"${"x".repeat(MAX_MANIFEST_BYTES)}"`), /larger/],
];

test("what two programs could read in two ways is refused", () => {
  for (const [name, manifest, reason] of REFUSED) {
    const check = (error: unknown) =>
      error instanceof SlipwayError && error.code === "MANIFEST_INVALID" && reason.test(String(error.facts.reason));
    assert.throws(() => parseManifest(manifest), check, name);
  }
});

test("S12: duplicate keys and unknown ones leave the bytes as they are", () => {
  const text = `{"config":${JSON.stringify(config)}, "layers":[],"layers":[${JSON.stringify(layer)}],"x":{"y":1e999}}`;
  const manifest = raw(text);
  parseManifest(manifest);
  assert.equal(Buffer.from(manifest.bytes).toString(), text);
});

test("no JSON makes it fail in another way", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(OCI_MANIFEST, OCI_INDEX), (json, type) => {
      try {
        parseManifest(raw(json, type));
      } catch (error) {
        assert.ok(error instanceof SlipwayError, String(error));
      }
    }),
    { seed: 20261122 },
  );
});

test("the referrers' tag is the digest with a dash", () => {
  assert.equal(referrersTag(config.digest), config.digest.replace(":", "-"));
  assert.equal(referrersTag(digestOf("x", "sha512")).length, 128);
});
