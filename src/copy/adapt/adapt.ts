import { type Descriptor, descriptorOf } from "../../oci/descriptor.ts";
import type { Digest } from "../../oci/digest.ts";
import { parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { DOCKER_INDEX, isIndexType, isManifestType } from "../../oci/media-types.ts";
import { ADAPTATIONS, type Adaptation } from "./adapted.ts";
import { asDockerImage } from "./docker-types.ts";
import { type Entry, listedIn, type ReadManifest } from "./entries.ts";
import { isArtifact, isListedAsAttestation } from "./kinds.ts";

/** An image as an adaptation makes it. */
export interface AdaptedImage {
  readonly root: RawManifest;
  /** The manifests that it is made of. */
  readonly digests: ReadonlySet<Digest>;
  /** Those of them that the source does not have, the root among them. */
  readonly made: ReadonlyMap<Digest, RawManifest>;
  /** Manifests of the source's image that are not in this one: replaced, or left out. */
  readonly gone: ReadonlySet<Digest>;
  readonly changes: readonly Adaptation[];
  readonly leftOut: readonly Descriptor[];
}

/**
 * What an adaptation, with those before it, makes of an image: the same bytes from run to run. Undefined where it changes
 * nothing, and where what it makes is no image: nothing would be left, or Docker has no type for a part of it.
 * @param read reads a manifest of the source
 */
export async function adapt(
  root: RawManifest,
  adaptation: Adaptation,
  read: ReadManifest,
): Promise<AdaptedImage | undefined> {
  const does = (other: Adaptation) => ADAPTATIONS.indexOf(other) <= ADAPTATIONS.indexOf(adaptation);
  if (!isIndexType(root.descriptor.mediaType)) return does("media-types") ? adaptImage(root) : undefined;
  const { entries, nested } = await listedIn(root, read);
  const images = does("attestations") ? await imagesOf(entries, read) : entries;
  const sent: readonly SentEntry[] | undefined = does("media-types") ? await asDockerEntries(images, read) : images;
  if (sent === undefined || sent.length === 0) return undefined;
  const mediaType = does("media-types") ? DOCKER_INDEX : root.descriptor.mediaType;
  const made = sent.flatMap((entry) => entry.made ?? []);
  const changes: readonly (Adaptation | false)[] = [
    nested.length > 0 && "nesting",
    images.length < entries.length && "attestations",
    (made.length > 0 || mediaType !== root.descriptor.mediaType) && "media-types",
  ];
  if (!changes.some(Boolean)) return undefined;
  const index = indexOver(sent, root, mediaType);
  const digests = new Set([index.descriptor.digest, ...sent.map(({ child }) => child.digest)]);
  const before = [root.descriptor.digest, ...nested, ...entries.map(({ child }) => child.digest)];
  return {
    root: index,
    digests,
    made: new Map([...made, index].map((manifest) => [manifest.descriptor.digest, manifest])),
    gone: new Set(before.filter((digest) => !digests.has(digest))),
    changes: changes.filter((change) => change !== false),
    leftOut: entries.filter((entry) => !images.includes(entry)).map(({ child }) => child),
  };
}

function adaptImage(root: RawManifest): AdaptedImage | undefined {
  const image = asDockerImage(root);
  if (image === undefined || image === root) return undefined;
  const { digest } = image.descriptor;
  return {
    root: image,
    digests: new Set([digest]),
    made: new Map([[digest, image]]),
    gone: new Set([root.descriptor.digest]),
    changes: ["media-types"],
    leftOut: [],
  };
}

/** An index need not say what its children are: where it does not, the child itself does. */
async function imagesOf(entries: readonly Entry[], read: ReadManifest): Promise<readonly Entry[]> {
  const images: Entry[] = [];
  for (const entry of entries) if (!(await isBesideImages(entry.child, read))) images.push(entry);
  return images;
}

async function isBesideImages(child: Descriptor, read: ReadManifest): Promise<boolean> {
  if (isListedAsAttestation(child)) return true;
  if (!isManifestType(child.mediaType)) return false;
  const os = child.platform?.os ?? "";
  return (os === "" || os === "unknown") && isArtifact(parseManifest(await read(child.digest)));
}

/** With the manifest that it stands for, where the source does not have that. */
type SentEntry = Entry & { readonly made?: RawManifest };

/** Undefined where one of them is nothing that Docker's types can say. */
async function asDockerEntries(
  entries: readonly Entry[],
  read: ReadManifest,
): Promise<readonly SentEntry[] | undefined> {
  const made: SentEntry[] = [];
  for (const { child } of entries) {
    const manifest = isManifestType(child.mediaType) ? await read(child.digest) : undefined;
    const image = manifest === undefined ? undefined : asDockerImage(manifest);
    if (image === undefined) return undefined;
    const { platform } = child;
    const { mediaType, size, digest } = image.descriptor;
    const written = { mediaType, size, digest, ...(platform !== undefined && { platform }) };
    made.push({ written, child: image.descriptor, ...(image !== manifest && { made: image }) });
  }
  return made;
}

function indexOver(entries: readonly Entry[], root: RawManifest, mediaType: string): RawManifest {
  const manifests = entries.map(({ written }) => written);
  const content =
    mediaType === root.descriptor.mediaType
      ? { ...JSON.parse(Buffer.from(root.bytes).toString("utf8")), manifests }
      : { schemaVersion: 2, mediaType, manifests };
  const bytes = Buffer.from(JSON.stringify(content));
  return { bytes, descriptor: descriptorOf(bytes, mediaType) };
}
