import { rm } from "node:fs/promises";
import type { Descriptor } from "../../oci/descriptor.ts";
import type { Digest } from "../../oci/digest.ts";
import { OCI_LAYER_GZIP } from "../../oci/media-types.ts";
import { fileBody } from "../../target/file-body.ts";
import { writeNewFile } from "../../target/file-writer.ts";
import { measured } from "../../target/measured.ts";
import type { Scratch } from "../../target/scratch.ts";
import type { BuildRequest, LayerSource, LayersBuilder } from "../request.ts";
import type { ImagePaths } from "./image-paths.ts";
import { layerEntries } from "./layer-entries.ts";
import { layerTar } from "./layer-tar.ts";
import { sameGzip } from "./same-gzip.ts";

export interface Layer {
  readonly descriptor: Descriptor;
  /** The digest of the tar that it unpacks to. */
  readonly diffId: Digest;
}

/** A layer, and the image with it on top. */
export interface MadeLayer {
  readonly layer: Layer;
  readonly paths: ImagePaths;
}

/**
 * Makes layers of an image, for one platform after the other, and puts them into the request's layout. What comes out the
 * same for several platforms is compressed once: hashing a tar costs a small part of compressing it.
 */
export function layerMaker(request: BuildRequest<LayersBuilder>, scratch: Scratch) {
  const { layout, created, signal } = request;
  const options = signal === undefined ? {} : { signal };
  const made = new Map<LayerSource, ReadonlyMap<Digest, Layer>>();

  const tarOf = (source: LayerSource, paths: ImagePaths) =>
    measured(layerTar(() => layerEntries(source, paths), created));

  const compressed = async (source: LayerSource, paths: ImagePaths): Promise<Layer> => {
    const plain = tarOf(source, paths);
    const packed = measured(sameGzip(plain.body));
    const path = scratch.fresh();
    try {
      await writeNewFile(path, packed.body, options);
      const descriptor = { mediaType: OCI_LAYER_GZIP, ...packed.result() };
      await layout.pushBlob(descriptor, fileBody(path), options);
      return { descriptor, diffId: plain.result().digest };
    } finally {
      await rm(path, { force: true });
    }
  };

  /** @param paths the image below; left as it is */
  return async (source: LayerSource, paths: ImagePaths): Promise<MadeLayer> => {
    const before = made.get(source);
    if (before !== undefined) {
      const after = paths.copy();
      const plain = tarOf(source, after);
      await plain.body(() => undefined, options);
      const same = before.get(plain.result().digest);
      if (same !== undefined) return { layer: same, paths: after };
    }
    const after = paths.copy();
    const layer = await compressed(source, after);
    made.set(source, new Map([...(before ?? []), [layer.diffId, layer]]));
    return { layer, paths: after };
  };
}
