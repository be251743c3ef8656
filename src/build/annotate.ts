import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { childrenOf, type ImageIndex, parseManifest, type RawManifest } from "../oci/manifest.ts";
import { isIndexType, OCI_INDEX, OCI_MANIFEST } from "../oci/media-types.ts";
import { matchesPlatform, type PlatformFilter } from "../oci/platform.ts";
import type { ReadTarget } from "../target/target.ts";
import { type Annotations, byName, made, ociType } from "./manifests.ts";

/** BuildKit lists an attestation beside its image. https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const ATTESTED_DIGEST = "vnd.docker.reference.digest";

/** Manifests that are to be put somewhere: what others need first, the root last. */
export interface ManifestTree {
  readonly children: readonly RawManifest[];
  readonly root: RawManifest;
}

/**
 * A builder's image with annotations on its manifests and its index. An index gets its images in the order in which their
 * platforms were asked for, because some builders list them in the order in which they got ready. Where nothing changes,
 * the bytes are the builder's own.
 *
 * Images that attestations speak of stay as they are: an attestation names its image by digest, and what it says would
 * be said of nothing afterwards. Nothing names the index, so that one is annotated all the same.
 * @throws MANIFEST_INVALID, MANIFEST_UNKNOWN
 */
export async function annotatedTree(
  from: ReadTarget,
  root: Digest,
  annotations: Annotations,
  platforms: readonly PlatformFilter[],
): Promise<ManifestTree> {
  const raw = await from.manifest(root);
  const manifest = parseManifest(raw);
  if (manifest.kind === "image") return { children: [], root: annotatedImage(raw, annotations) };
  const isAttested = manifest.manifests.some((child) => child.annotations?.[ATTESTED_DIGEST] !== undefined);
  const children = new Map<Digest, RawManifest>();
  for (const { digest } of childrenOf(manifest)) {
    const child = await from.manifest(digest);
    children.set(digest, isAttested ? child : annotatedImage(child, annotations));
  }
  return { children: [...children.values()], root: annotatedIndex(raw, manifest, children, annotations, platforms) };
}

interface ManifestJson {
  readonly annotations?: Annotations;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly manifests: readonly Descriptor[];
}

function annotatedImage(raw: RawManifest, annotations: Annotations): RawManifest {
  if (isIndexType(raw.descriptor.mediaType) || hasAll(parseManifest(raw).annotations, annotations)) return raw;
  const json = jsonOf(raw);
  const oci = (part: Descriptor) => ({ ...part, mediaType: ociType(part.mediaType) });
  // Docker's manifests have no annotations, so what gets some is OCI's, with the same parts.
  return made(OCI_MANIFEST, {
    ...json,
    mediaType: OCI_MANIFEST,
    config: oci(json.config),
    layers: json.layers.map(oci),
    annotations: byName({ ...json.annotations, ...annotations }),
  });
}

function annotatedIndex(
  raw: RawManifest,
  index: ImageIndex,
  children: ReadonlyMap<Digest, RawManifest>,
  annotations: Annotations,
  platforms: readonly PlatformFilter[],
): RawManifest {
  const json = jsonOf(raw);
  const placeOf = ({ platform }: Descriptor) => {
    const at = platforms.findIndex((wanted) => platform !== undefined && matchesPlatform(platform, wanted));
    return at === -1 ? platforms.length : at;
  };
  const order = new Map(index.manifests.map((child) => [child.digest, placeOf(child)]));
  const manifests = json.manifests
    .toSorted((one, other) => (order.get(one.digest) ?? 0) - (order.get(other.digest) ?? 0))
    .map((child) => ({ ...child, ...children.get(child.digest)?.descriptor }));
  const isSame = manifests.every((child, at) => child.digest === json.manifests[at]?.digest);
  if (isSame && hasAll(index.annotations, annotations)) return raw;
  const all = byName({ ...index.annotations, ...annotations });
  return made(OCI_INDEX, { ...json, mediaType: OCI_INDEX, manifests, annotations: all });
}

function hasAll(present: Annotations | undefined, wanted: Annotations): boolean {
  return Object.entries(wanted).every(([name, value]) => present?.[name] === value);
}

/** The fields as they stand there, also those that nothing here knows. @param raw that {@link parseManifest} takes */
function jsonOf(raw: RawManifest): ManifestJson {
  return JSON.parse(Buffer.from(raw.bytes).toString("utf8"));
}
