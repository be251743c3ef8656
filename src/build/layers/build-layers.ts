import { descriptorOf } from "../../oci/descriptor.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import { OCI_CONFIG } from "../../oci/media-types.ts";
import { bodyOf } from "../../target/bytes.ts";
import type { Scratch } from "../../target/scratch.ts";
import { copyBlobs, putManifests } from "../arrive.ts";
import { imageIndex, imageManifest } from "../manifests.ts";
import type { BuildRequest, Built, LayersBuilder } from "../request.ts";
import { type Base, basesOf, nameOf } from "./base.ts";
import { imageConfig } from "./image-config.ts";
import { ImagePaths } from "./image-paths.ts";
import { learnPaths } from "./learn-paths.ts";
import { layerMaker } from "./make-layer.ts";

/**
 * Puts layers of folders and files on a base image, without any other program. The layers of the base image are copied
 * as they are. One platform makes a manifest, several an index.
 * @throws LAYER_PATH_INVALID, LAYER_SOURCE_MISSING, LAYER_FILE_UNSUPPORTED, LAYER_FILE_CHANGED, BASE_UNSUPPORTED,
 * PLATFORM_UNKNOWN, CONTENT_MISMATCH, STORAGE_FULL, STORAGE_FAILED
 */
export async function buildLayers(request: BuildRequest<LayersBuilder>, scratch: Scratch): Promise<Built> {
  const { builder, labels, layout } = request;
  const bases = await basesOf(builder);
  const makeLayer = layerMaker(request, scratch);
  const images: RawManifest[] = [];
  for (const base of bases) images.push(await imageOn(base));
  const entries = images.map(({ descriptor }, at) => ({ ...descriptor, platform: bases[at]?.platform }));
  const [only, ...others] = images;
  const tree =
    only !== undefined && others.length === 0
      ? { children: [], root: only }
      : { children: images, root: imageIndex(entries, labels) };
  await putManifests(tree, request);
  return {
    descriptor: tree.root.descriptor,
    platforms: bases.map(({ platform }) => platform),
    builder: { name: "layers" },
  };

  async function imageOn({ platform, image, layers }: Base): Promise<RawManifest> {
    let paths = new ImagePaths();
    if (builder.from !== "scratch") {
      await copyBlobs(builder.from.target, layers, layout, request.signal);
      for (const layer of layers) {
        if (await layout.exists(layer)) await learnPaths(paths, layout, layer, nameOf(builder.from), request.signal);
      }
    }
    const added = [];
    for (const source of builder.layers) {
      const made = await makeLayer(source, paths);
      paths = made.paths;
      added.push({ ...made.layer, to: source.to });
      request.tell?.({ kind: "layer", to: source.to, platform, descriptor: made.layer.descriptor });
    }
    const { created } = request;
    const bytes = imageConfig(image, { platform, created, settings: builder.config, labels, layers: added });
    const config = descriptorOf(bytes, OCI_CONFIG);
    await layout.pushBlob(config, bodyOf(bytes));
    const all = [...layers, ...added.map(({ descriptor }) => descriptor)];
    return imageManifest({ config, layers: all, annotations: labels });
  }
}
