import type { Descriptor } from "../oci/descriptor.ts";
import { type Digest, hexOf } from "../oci/digest.ts";
import { type ImageManifest, MAX_MANIFEST_BYTES, parseManifest } from "../oci/manifest.ts";
import type { PlatformFilter } from "../oci/platform.ts";
import { isTag } from "../oci/reference.ts";
import { failure } from "../words/error.ts";
import { bodyOf, collect } from "./bytes.ts";
import { choosePlatform } from "./choose-platform.ts";
import { mapParallel } from "./concurrency.ts";
import { diffIdsOf, SAVED_IMAGES_FILE, type SavedImage } from "./docker-manifest.ts";
import { fileBody } from "./file-body.ts";
import { writeNewFile } from "./file-writer.ts";
import type { LayoutReader } from "./layout-reader.ts";
import { measured } from "./measured.ts";
import type { Scratch } from "./scratch.ts";
import { type TarPart, tarBody } from "./tar-writer.ts";
import type { Body } from "./target.ts";
import { compressionOfBody, inflated } from "./through.ts";
import { verified } from "./verified.ts";

export interface SaveOptions {
  /** What tags are tags of: `docker.io/library/busybox`. Without it the images have no names. */
  readonly repository?: string;
  /** Which image of an index. Default: the one for this machine. */
  readonly platform?: PlatformFilter;
}

/**
 * The images of a layout in the form of `docker save`, as `docker load` and skopeo read it.
 * https://github.com/moby/docker-image-spec/blob/v1.3.1/v1.2.md#combined-image-json--filesystem-changeset-format
 * @param scratch where the layers are inflated, because an archive tells sizes first
 * @throws PLATFORM_UNKNOWN, IMAGE_UNSUPPORTED, CONTENT_MISMATCH
 */
export async function savedBody(images: LayoutReader, scratch: Scratch, options: SaveOptions): Promise<Body> {
  const saved: SavedImage[] = [];
  const parts = new Map<string, TarPart>();
  for (const { descriptor, names } of await images.images()) {
    const image = await imageOf(images, descriptor.digest, options.platform);
    const config = await collect(verified(images.name, image.config, images.blob(image.config)), MAX_MANIFEST_BYTES);
    const diffIds = diffIdsOf(config);
    if (diffIds?.length !== image.layers.length) {
      const reason = "it is not a container image, and Docker takes no other";
      throw failure("IMAGE_UNSUPPORTED", { target: images.name, digest: descriptor.digest, reason });
    }
    const layers = await mapParallel([...image.layers.entries()], ([at, layer]) => layerPart(layer, diffIds[at]));
    const configPart = { name: `${hexOf(image.config.digest)}.json`, size: config.byteLength, body: bodyOf(config) };
    for (const part of [configPart, ...layers]) parts.set(part.name, part);
    const repoTags = names.flatMap((name) => repoTag(name, options.repository));
    saved.push({ Config: configPart.name, RepoTags: repoTags, Layers: layers.map(({ name }) => name) });
  }
  const list = Buffer.from(JSON.stringify(saved));
  return tarBody([{ name: SAVED_IMAGES_FILE, size: list.byteLength, body: bodyOf(list) }, ...parts.values()]);

  async function layerPart(layer: Descriptor, diffId: Digest | undefined): Promise<TarPart> {
    const refuse = (reason: string) =>
      failure("CONTENT_MISMATCH", { digest: layer.digest, target: images.name, reason });
    const stored = images.blob(layer);
    const compression = await compressionOfBody(stored);
    const plain = measured(compression === undefined ? stored : inflated(stored, compression, layer.size, refuse));
    const path = scratch.fresh();
    await writeNewFile(path, plain.body);
    const { digest, size } = plain.result();
    if (digest !== diffId) throw refuse(`inflated they hash to ${digest}, but the configuration says ${diffId}`);
    return { name: `${hexOf(digest)}.tar`, size, body: fileBody(path) };
  }
}

/** The one image that a digest stands for on a platform. */
async function imageOf(
  images: LayoutReader,
  digest: Digest,
  platform: PlatformFilter | undefined,
): Promise<ImageManifest> {
  const manifest = parseManifest(await images.manifest(digest));
  if (manifest.kind === "image") return manifest;
  const chosen = parseManifest(await images.manifest(choosePlatform(digest, manifest, platform).digest));
  if (chosen.kind === "image") return chosen;
  throw failure("IMAGE_UNSUPPORTED", { target: images.name, digest, reason: "it is an index of indexes" });
}

function repoTag(name: string, repository: string | undefined): readonly string[] {
  if (!isTag(name)) return [name];
  return repository === undefined ? [] : [`${repository}:${name}`];
}
