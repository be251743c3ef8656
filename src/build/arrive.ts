import type { Descriptor } from "../oci/descriptor.ts";
import { blobsOf, parseManifest } from "../oci/manifest.ts";
import { isForeignLayer } from "../oci/media-types.ts";
import type { LayoutTarget } from "../target/layout.ts";
import type { ReadTarget } from "../target/target.ts";
import { verified } from "../target/verified.ts";
import type { ManifestTree } from "./annotate.ts";

export interface Arrival {
  readonly layout: LayoutTarget;
  readonly tag: string;
  readonly signal?: AbortSignal;
}

/** Copies what manifests point to, byte for byte and checked, and then puts the manifests: the tag last of all. */
export async function arrive(from: ReadTarget, tree: ManifestTree, to: Arrival): Promise<void> {
  for (const raw of [...tree.children, tree.root]) {
    await copyBlobs(from, blobsOf(parseManifest(raw)), to.layout, to.signal);
  }
  await putManifests(tree, to);
}

/** Puts manifests whose blobs are there. */
export async function putManifests(tree: ManifestTree, { layout, tag, signal }: Arrival): Promise<void> {
  for (const raw of tree.children) await layout.pushManifest(raw);
  signal?.throwIfAborted();
  await layout.pushManifest(tree.root, tag);
}

/** Layers that say they live elsewhere may be missing at the source; they are then missing here. */
export async function copyBlobs(
  from: ReadTarget,
  blobs: readonly Descriptor[],
  layout: LayoutTarget,
  signal?: AbortSignal,
): Promise<void> {
  for (const blob of blobs) {
    if (isForeignLayer(blob.mediaType) && !(await from.exists(blob))) continue;
    const body = verified(from.name, blob, from.blob(blob));
    await layout.pushBlob(blob, body, signal === undefined ? {} : { signal });
  }
}
