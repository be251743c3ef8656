import { descriptorOf } from "../../src/oci/descriptor.ts";
import { OCI_LAYER_GZIP } from "../../src/oci/media-types.ts";
import type { TestImage } from "../../src/testing/index.ts";

const FOREIGN_LAYER = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

/** The image with its manifest's text changed, and so with another digest: what no honest tool would have written. */
export function reworked(image: TestImage, change: (text: string) => string): TestImage {
  const manifests = image.manifests.map((manifest) => {
    if (manifest.descriptor.digest !== image.root.digest) return manifest;
    const bytes = Buffer.from(change(Buffer.from(manifest.bytes).toString()));
    return { descriptor: descriptorOf(bytes, manifest.descriptor.mediaType), bytes };
  });
  const root = manifests.at(-1)?.descriptor ?? image.root;
  return { ...image, root, manifests };
}

/** The image with its layers kept elsewhere, as Windows base layers once were. */
export function foreignLayer(image: TestImage, url: string): TestImage {
  const layers = image.blobs.filter(({ descriptor }) => descriptor.mediaType === OCI_LAYER_GZIP);
  const types = new RegExp(`"${OCI_LAYER_GZIP.replaceAll(/[.+]/g, "\\$&")}"`, "g");
  const there = reworked(image, (text) => text.replaceAll(types, `"${FOREIGN_LAYER}", "urls": ["${url}"]`));
  return { ...there, blobs: image.blobs.filter((blob) => !layers.includes(blob)) };
}
