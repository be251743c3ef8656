import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { MAX_MANIFEST_BYTES } from "../oci/manifest.ts";
import { DOCKER_CONFIG, DOCKER_LAYER_GZIP } from "../oci/media-types.ts";
import { failure } from "../words/error.ts";
import { bodyOf } from "./bytes.ts";
import { mapParallel } from "./concurrency.ts";
import { diffIdsOf, dockerManifest, parseSavedImages, SAVED_IMAGES_FILE, type SavedImage } from "./docker-manifest.ts";
import { writeNewFile } from "./file-writer.ts";
import type { LayoutTarget } from "./layout.ts";
import { blobPath } from "./layout-files.ts";
import { measured } from "./measured.ts";
import type { Scratch } from "./scratch.ts";
import { onStorage } from "./storage-failure.ts";
import type { TarFile } from "./tar-file.ts";
import { compressionOfBody, gzipped, inflated } from "./through.ts";

/**
 * Makes images of an older `docker save` archive, which has configurations and layers but no manifests: Docker's own
 * manifest over the configuration as it is and gzip layers. The same archive always becomes the same images.
 * @param images receives them; a layout in the folder of `scratch`
 * @throws ARCHIVE_INVALID; CONTENT_MISMATCH for a layer that is not what the configuration says
 */
export async function convertSaved(tar: TarFile, images: LayoutTarget, scratch: Scratch): Promise<void> {
  const refuse = (reason: string) => failure("ARCHIVE_INVALID", { target: images.name, reason });
  const saved = parseSavedImages(await smallFile(SAVED_IMAGES_FILE));
  if (saved === undefined) throw refuse(`${SAVED_IMAGES_FILE} is not a list of images`);

  const configs = new Map<SavedImage, Uint8Array>();
  const layers = new Map<Digest, string>();
  for (const image of saved) {
    const config = await smallFile(image.Config);
    const diffIds = diffIdsOf(config);
    if (diffIds === undefined) throw refuse(`${JSON.stringify(image.Config)} is not an image configuration`);
    if (diffIds.length !== image.Layers.length)
      throw refuse("an image has more or fewer layers than its configuration");
    configs.set(image, config);
    for (const [at, diffId] of diffIds.entries()) layers.set(diffId, image.Layers[at] ?? "");
  }

  const made = await mapParallel([...layers], async ([diffId, path]) => [diffId, await layer(path, diffId)] as const);
  const descriptors = new Map<Digest, Descriptor>(made);
  for (const [image, config] of configs) {
    const descriptor = descriptorOf(config, DOCKER_CONFIG);
    await images.pushBlob(descriptor, bodyOf(config));
    const manifest = dockerManifest(
      descriptor,
      (diffIdsOf(config) ?? []).flatMap((id) => descriptors.get(id) ?? []),
    );
    await images.pushManifest(manifest);
    for (const name of image.RepoTags) await images.pushManifest(manifest, name);
  }

  async function smallFile(path: string): Promise<Uint8Array> {
    const size = await tar.size(path);
    if (size === undefined) throw refuse(`it has no file ${JSON.stringify(path)}`);
    if (size > MAX_MANIFEST_BYTES) throw refuse(`${JSON.stringify(path)} is larger than ${MAX_MANIFEST_BYTES} bytes`);
    return tar.read(path);
  }

  /** Compresses one layer into the layout. Some tools have compressed it already, in their own way. */
  async function layer(path: string, diffId: Digest): Promise<Descriptor> {
    const size = await tar.size(path);
    if (size === undefined) throw refuse(`it has no file ${JSON.stringify(path)}`);
    const stored = tar.body(path);
    const compression = await compressionOfBody(stored);
    const plain = measured(compression === undefined ? stored : inflated(stored, compression, size, refuse));
    const packed = measured(gzipped(plain.body));
    const temporary = scratch.fresh();
    await writeNewFile(temporary, packed.body);
    const actual = plain.result().digest;
    if (actual !== diffId) {
      const reason = `they hash to ${actual}`;
      throw failure("CONTENT_MISMATCH", { digest: diffId, target: images.name, reason });
    }
    const descriptor = { mediaType: DOCKER_LAYER_GZIP, ...packed.result() };
    const blob = join(scratch.folder, blobPath(descriptor.digest));
    await onStorage(blob, async () => {
      await mkdir(dirname(blob), { recursive: true });
      await rename(temporary, blob);
    });
    return descriptor;
  }
}
