import type { Descriptor } from "../../oci/descriptor.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import type { Body } from "../../target/target.ts";

/** Everything that a tag can stand for, ready to be put somewhere. */
export interface TestImage {
  readonly root: Descriptor;
  /** What is pointed to comes first; the root is the last. */
  readonly manifests: readonly RawManifest[];
  /** Each digest once. */
  readonly blobs: readonly TestBlob[];
}

export interface TestBlob {
  readonly descriptor: Descriptor;
  /** The same bytes each time; nothing of a layer is kept in memory. */
  readonly body: Body;
}

/** The blobs of several images, each digest once. */
export function uniqueBlobs(blobs: readonly TestBlob[]): readonly TestBlob[] {
  return [...new Map(blobs.map((blob) => [blob.descriptor.digest, blob])).values()];
}

/** All bytes of an image's blobs, each once. */
export function blobBytes(...images: readonly TestImage[]): number {
  const blobs = uniqueBlobs(images.flatMap((image) => image.blobs));
  return blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
}
