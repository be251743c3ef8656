/** Small real images for this folder's tests. */
import { gzipSync } from "node:zlib";
import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { digestOf } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";
import { OCI_CONFIG, OCI_EMPTY, OCI_INDEX, OCI_LAYER_GZIP, OCI_MANIFEST } from "../oci/media-types.ts";
import { bodyOf, collect } from "./bytes.ts";
import { tarBody } from "./tar-writer.ts";
import type { WriteTarget } from "./target.ts";

export interface SampleImage {
  readonly manifest: RawManifest;
  readonly blobs: readonly (readonly [Descriptor, Uint8Array])[];
  /** The layers as they are inside. */
  readonly plainLayers: readonly Uint8Array[];
}

export interface SampleOptions {
  readonly architecture?: string;
  readonly compress?: (plain: Uint8Array) => Uint8Array;
  readonly layerType?: string;
}

/** An image of one file a layer; the same contents make the same image. */
export async function sampleImage(contents: readonly string[], options: SampleOptions = {}): Promise<SampleImage> {
  const { architecture = "amd64", compress = gzipSync, layerType = OCI_LAYER_GZIP } = options;
  const plainLayers = await Promise.all(
    contents.map((content, at) => {
      const bytes = Buffer.from(content);
      return collect(tarBody([{ name: `file-${at}`, size: bytes.byteLength, body: bodyOf(bytes) }]), 2 ** 24);
    }),
  );
  const layers = plainLayers.map((plain) => {
    const bytes = compress(plain);
    return [descriptorOf(bytes, layerType), bytes] as const;
  });
  const rootfs = { type: "layers", diff_ids: plainLayers.map((plain) => digestOf(plain)) };
  const configBytes = Buffer.from(JSON.stringify({ architecture, os: "linux", config: {}, rootfs }));
  const config = descriptorOf(configBytes, OCI_CONFIG);
  const manifest = rawManifest(OCI_MANIFEST, { config, layers: layers.map(([descriptor]) => descriptor) });
  return { manifest, blobs: [[config, configBytes], ...layers], plainLayers };
}

/** The manifest of an image or index, from its fields. */
export function rawManifest(mediaType: string, fields: object): RawManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...fields }));
  return { descriptor: descriptorOf(bytes, mediaType), bytes };
}

/** An index over images, by architecture. */
export function sampleIndex(images: Readonly<Record<string, SampleImage>>): RawManifest {
  const manifests = Object.entries(images).map(([architecture, { manifest }]) => ({
    ...manifest.descriptor,
    platform: { os: "linux", architecture },
  }));
  return rawManifest(OCI_INDEX, { manifests });
}

/** What a signature looks like: a manifest without layers of its own that has a subject. */
export function sampleReferrer(subject: Descriptor): SampleImage {
  const empty = Buffer.from("{}");
  const config = descriptorOf(empty, OCI_EMPTY);
  const manifest = rawManifest(OCI_MANIFEST, {
    artifactType: "application/vnd.example.signature",
    config,
    layers: [config],
    subject,
    annotations: { "org.example.by": "tests" },
  });
  return { manifest, blobs: [[config, empty]], plainLayers: [] };
}

/** Pushes an image's blobs, and then its manifest. */
export async function push(target: WriteTarget, image: SampleImage, tag?: string): Promise<void> {
  for (const [descriptor, bytes] of image.blobs) await target.pushBlob(descriptor, bodyOf(bytes));
  await target.pushManifest(image.manifest, tag);
}
