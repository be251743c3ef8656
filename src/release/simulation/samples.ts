import { type Descriptor, descriptorOf } from "../../oci/descriptor.ts";
import { digestOf } from "../../oci/digest.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import { OCI_CONFIG, OCI_INDEX, OCI_LAYER_TAR, OCI_MANIFEST } from "../../oci/media-types.ts";
import { bodyOf } from "../../target/bytes.ts";
import { MemoryTarget } from "../../target/memory.ts";
import type { WriteTarget } from "../../target/target.ts";
import type { Effects } from "../effects.ts";
import type { Outlet } from "../outlets.ts";

/** An outlet whose registry is in memory: `<name>.test/acme/app`. */
export function memoryOutlet(
  name: string,
  { required = true, adapt = false }: { readonly required?: boolean; readonly adapt?: boolean } = {},
): Outlet & { readonly target: MemoryTarget } {
  const target = Object.assign(new MemoryTarget(`${name}.test/acme/app`), {
    probePush: async () => ({ pushes: true, cancelled: true }) as const,
  });
  return { name, required, adapt, target };
}

/** What is to be observed only: whoever performs anything fails. */
export const NO_EFFECTS: Effects = {
  perform: ({ kind, subject }) => Promise.reject(new TypeError(`${kind} ${subject} was performed`)),
};

/** Effects that are performed and listed. */
export function listedEffects(): Effects & { readonly list: readonly string[] } {
  const list: string[] = [];
  return {
    list,
    perform: (effect, work) => {
      list.push(`${effect.kind} ${effect.subject}`);
      return work();
    },
  };
}

export interface OriginOptions {
  /** Images of other seeds are other images. */
  readonly seed?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly architecture?: string;
}

/** A small image that says of itself what is asked for. */
export interface OriginImage {
  readonly root: RawManifest;
  readonly architecture: string;
  readonly blobs: readonly (readonly [Descriptor, Uint8Array])[];
}

export function imageOf({ seed = "a", labels, annotations, architecture = "amd64" }: OriginOptions): OriginImage {
  const layer = Buffer.from(seed);
  const rootfs = { type: "layers", diff_ids: [digestOf(layer)] };
  const config = Buffer.from(
    JSON.stringify({ architecture, os: "linux", config: labels === undefined ? null : { Labels: labels }, rootfs }),
  );
  const [configDescriptor, layerDescriptor] = [descriptorOf(config, OCI_CONFIG), descriptorOf(layer, OCI_LAYER_TAR)];
  const root = manifestOf(OCI_MANIFEST, {
    config: configDescriptor,
    layers: [layerDescriptor],
    ...(annotations !== undefined && { annotations }),
  });
  const blobs = [
    [configDescriptor, config],
    [layerDescriptor, layer],
  ] as const;
  return { root, architecture, blobs };
}

/** Pushes an image under a tag. */
export async function putImage(target: WriteTarget, image: OriginImage, tag?: string): Promise<void> {
  for (const [descriptor, bytes] of image.blobs) await target.pushBlob(descriptor, bodyOf(bytes));
  await target.pushManifest(image.root, tag);
}

/** Pushes images and an index over them, in their order. */
export async function putIndex(
  target: WriteTarget,
  images: readonly OriginImage[],
  { annotations }: Pick<OriginOptions, "annotations">,
  tag: string,
): Promise<RawManifest> {
  for (const image of images) await putImage(target, image);
  const manifests = images.map(({ root, architecture }) => ({
    ...root.descriptor,
    // As BuildKit lists attestations.
    platform: { os: architecture === "unknown" ? "unknown" : "linux", architecture },
  }));
  const index = manifestOf(OCI_INDEX, { manifests, ...(annotations !== undefined && { annotations }) });
  await target.pushManifest(index, tag);
  return index;
}

function manifestOf(mediaType: string, fields: object): RawManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...fields }));
  return { descriptor: descriptorOf(bytes, mediaType), bytes };
}
