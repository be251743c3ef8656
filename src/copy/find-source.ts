import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { childrenOf, parseManifest, type RawManifest } from "../oci/manifest.ts";
import { isIndexType } from "../oci/media-types.ts";
import { platformUnknown } from "../target/choose-platform.ts";
import { asFailure, failure } from "../words/error.ts";
import type { ReadManifest } from "./adapt/entries.ts";
import { companionsOf } from "./companions.ts";
import type { Manifests } from "./manifests.ts";
import { type Companion, type CopyRequest, imageName } from "./plan.ts";
import { choosePlatforms, platformsOf } from "./platforms.ts";
import type { TagLists } from "./tag-lists.ts";

/** A request's image as it is at the source. */
export interface Found {
  /** What the reference stands for. */
  readonly resolved: Descriptor;
  /** What is wanted at the destinations: the same, or of its platforms only those chosen. */
  readonly root: Descriptor;
  /** What refers to the image. */
  readonly companions: readonly Companion[];
  /**
   * What refers to the images of an index. Asked for where the index is sent: for one that is in step already, each of
   * its images would cost a question in every run.
   */
  readonly companionsOfChildren: () => Promise<readonly Companion[]>;
  /** The manifest of `root`. */
  readonly manifest: () => Promise<RawManifest>;
  /** Any manifest of the source. */
  readonly read: ReadManifest;
}

/**
 * Looks at the source.
 * @param isToBeSent whether no destination has it, whatever it is: then its manifest is read at once
 * @throws MANIFEST_UNKNOWN, PLATFORM_UNKNOWN, and what the source throws
 */
export async function findSource(
  request: CopyRequest,
  tags: TagLists,
  manifests: Manifests,
  isToBeSent: boolean,
): Promise<Found | "platform"> {
  const { source, reference, platforms, referrers } = request;
  const read = (digest: Digest) => manifests.of(source, digest).catch(onSource);
  const listed = referrers ? tags.of(source) : undefined; // it is read while the first manifests are
  const companions = async (image: Descriptor) => (referrers ? companionsOf(source, image.digest, await listed) : []);
  const ofChildren = (root: Descriptor, read: () => Promise<RawManifest>) =>
    once(async () => {
      if (!referrers || !isIndexType(root.mediaType)) return [];
      const children = childrenOf(parseManifest(await read()));
      return (await Promise.all(children.map(companions))).flat();
    });
  if (platforms === undefined) {
    const root = isToBeSent ? (await manifests.of(source, reference)).descriptor : await source.resolve(reference);
    if (root === undefined) throw failure("MANIFEST_UNKNOWN", { target: source.name, reference });
    const manifest = once(() => manifests.of(source, root.digest));
    const companionsOfChildren = ofChildren(root, manifest);
    return { resolved: root, root, companions: await companions(root), companionsOfChildren, manifest, read };
  }
  const manifest = await manifests.of(source, reference);
  const chosen = await choosePlatforms(source, manifest, platforms);
  if (chosen === undefined) {
    if (request.platformsNeeded !== true) return "platform";
    throw platformUnknown(imageName(source.name, reference), await platformsOf(source, manifest), platforms);
  }
  const [resolved, root] = [manifest.descriptor, chosen.descriptor];
  // what was said of the whole index is not true of a part of it
  const isWhole = root.digest === resolved.digest;
  const companionsOfChildren = ofChildren(root, async () => chosen);
  const ofRoot = isWhole ? await companions(resolved) : [];
  return { resolved, root, companions: ofRoot, companionsOfChildren, manifest: async () => chosen, read };
}

/** Several destinations ask; what goes wrong went wrong at the source. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find().catch(onSource);
    return found;
  };
}

function onSource(error: unknown): never {
  throw asFailure(error).on("source");
}
