import { type Descriptor, descriptorOf } from "../../oci/descriptor.ts";
import { type RawManifest, referrersTag } from "../../oci/manifest.ts";
import {
  DOCKER_CONFIG,
  DOCKER_INDEX,
  DOCKER_LAYER_GZIP,
  DOCKER_MANIFEST,
  OCI_CONFIG,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_LAYER_GZIP,
  OCI_MANIFEST,
} from "../../oci/media-types.ts";
import type { Platform } from "../../oci/platform.ts";
import { bodyOf } from "../../target/bytes.ts";
import { type TestBlob, type TestImage, uniqueBlobs } from "./image.ts";
import { randomLayer } from "./layer.ts";

export interface LayerSpec {
  /** The same seed and size are the same layer, in whichever image. */
  readonly seed: string;
  /** Bytes of the one file in it. */
  readonly bytes: number;
}

export interface ImageSpec {
  /** The same seed is the same image, byte for byte. */
  readonly seed: string;
  /** Default: two layers of 4 KiB. */
  readonly layers?: readonly LayerSpec[];
  /** Default: OCI. */
  readonly format?: "oci" | "docker";
  /** Default linux/amd64. */
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

const FORMATS = {
  oci: { index: OCI_INDEX, manifest: OCI_MANIFEST, config: OCI_CONFIG, layer: OCI_LAYER_GZIP },
  docker: { index: DOCKER_INDEX, manifest: DOCKER_MANIFEST, config: DOCKER_CONFIG, layer: DOCKER_LAYER_GZIP },
} as const;

const SMALL_LAYER_BYTES = 4096;
const AMD64: Platform = { os: "linux", architecture: "amd64" };

/** An image for one platform. */
export async function randomImage(spec: ImageSpec): Promise<TestImage> {
  const { seed, format = "oci", platform = AMD64, annotations } = spec;
  const types = FORMATS[format];
  const layerSpecs = spec.layers ?? ["a", "b"].map((name) => ({ seed: `${seed}/${name}`, bytes: SMALL_LAYER_BYTES }));
  const layers = await Promise.all(layerSpecs.map((layer) => randomLayer(layer.seed, layer.bytes, types.layer)));
  const config = blobOf(types.config, {
    created: "2026-01-01T00:00:00Z",
    ...platform,
    config: { Labels: { seed } },
    rootfs: { type: "layers", diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map((_, at) => ({ created: "2026-01-01T00:00:00Z", created_by: `layer ${at}` })),
  });
  const manifest = manifestOf(types.manifest, {
    config: config.descriptor,
    layers: layers.map((layer) => layer.blob.descriptor),
    ...(annotations !== undefined && { annotations }),
  });
  const blobs = uniqueBlobs([config, ...layers.map((layer) => layer.blob)]);
  return { root: { ...manifest.descriptor, platform }, manifests: [manifest], blobs };
}

/** An index over images or over other indexes, in the order given. */
export function indexOf(children: readonly TestImage[], format: "oci" | "docker" = "oci"): TestImage {
  const index = manifestOf(FORMATS[format].index, { manifests: children.map((child) => child.root) });
  const below = new Map(
    children.flatMap((child) => child.manifests).map((manifest) => [manifest.descriptor.digest, manifest]),
  );
  const blobs = uniqueBlobs(children.flatMap((child) => child.blobs));
  return { root: index.descriptor, manifests: [...below.values(), index], blobs };
}

/** An image for several platforms. */
export async function randomIndex(
  spec: Omit<ImageSpec, "platform"> & { readonly platforms: readonly Platform[] },
): Promise<TestImage> {
  const images = await Promise.all(
    spec.platforms.map((platform) => {
      const seed = [spec.seed, platform.os, platform.architecture, platform.variant ?? ""].join("/");
      return randomImage({ ...spec, seed, platform });
    }),
  );
  return indexOf(images, spec.format);
}

/**
 * An artifact that refers to a subject: a signature, an attestation. {@link indexOf} over several is what clients keep
 * under the subject's referrers tag where a registry has no referrers API.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage
 */
export function referrerTo(
  subject: Descriptor,
  spec: { readonly seed: string; readonly artifactType: string },
): TestImage {
  const config = blobOf(OCI_EMPTY, {});
  const layer = blobOf("application/json", { seed: spec.seed });
  const { mediaType, digest, size } = subject;
  const { artifactType } = spec;
  const annotations = { "org.example.seed": spec.seed };
  const manifest = manifestOf(OCI_MANIFEST, {
    artifactType,
    config: config.descriptor,
    layers: [layer.descriptor],
    subject: { mediaType, digest, size },
    annotations,
  });
  return { root: { ...manifest.descriptor, artifactType, annotations }, manifests: [manifest], blobs: [config, layer] };
}

/**
 * What BuildKit lists beside an image in its index, for no platform: its provenance, in an artifact (`oci-artifact=true`)
 * or in an image of the older form. https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
export function attestationOf(
  subject: Descriptor,
  { seed, form = "artifact" }: { readonly seed: string; readonly form?: "artifact" | "image" },
): TestImage {
  const layer = blobOf("application/vnd.in-toto+json", { _type: "https://in-toto.io/Statement/v0.1", seed });
  const isArtifact = form === "artifact";
  const config = isArtifact
    ? blobOf(OCI_EMPTY, {})
    : blobOf(OCI_CONFIG, { architecture: "unknown", os: "unknown", seed });
  const { mediaType, digest, size } = subject;
  const manifest = manifestOf(OCI_MANIFEST, {
    ...(isArtifact && { artifactType: "application/vnd.docker.attestation.manifest.v1+json" }),
    config: config.descriptor,
    layers: [layer.descriptor],
    ...(isArtifact && { subject: { mediaType, digest, size } }),
  });
  const annotations = { "vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": digest };
  const platform = { os: "unknown", architecture: "unknown" };
  return { root: { ...manifest.descriptor, annotations, platform }, manifests: [manifest], blobs: [config, layer] };
}

/** A signature as cosign has always kept them: an image that knows no subject, found by its tag, {@link cosignTag}. */
export function cosignSignature(subject: Descriptor): TestImage {
  const config = blobOf(OCI_CONFIG, { architecture: "", os: "", rootfs: { type: "layers", diff_ids: [] } });
  const payload = { critical: { image: { "docker-manifest-digest": subject.digest } }, optional: null };
  const layer = blobOf("application/vnd.dev.cosign.simplesigning.v1+json", payload);
  const manifest = manifestOf(OCI_MANIFEST, { config: config.descriptor, layers: [layer.descriptor] });
  return { root: manifest.descriptor, manifests: [manifest], blobs: [config, layer] };
}

/** Where cosign keeps the signature of an image. */
export function cosignTag(subject: Descriptor): string {
  return `${referrersTag(subject.digest)}.sig`;
}

function blobOf(mediaType: string, value: unknown): TestBlob {
  const bytes = Buffer.from(JSON.stringify(value));
  return { descriptor: descriptorOf(bytes, mediaType), body: bodyOf(bytes) };
}

function manifestOf(mediaType: string, content: object): RawManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...content }, null, 2));
  return { descriptor: descriptorOf(bytes, mediaType), bytes };
}
