import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { type ImageIndex, type ImageManifest, parseManifest, type RawManifest } from "../oci/manifest.ts";
import { matchesPlatform, type Platform, type PlatformFilter } from "../oci/platform.ts";
import { collect } from "../target/bytes.ts";
import type { ReadTarget } from "../target/target.ts";
import { verified } from "../target/verified.ts";

const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

/** BuildKit lists an attestation beside its image, for the platform unknown/unknown. https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const ATTESTED_DIGEST = "vnd.docker.reference.digest";

/**
 * What of an image is for the platforms asked for: the image itself when all of it is; an index of those only, the same
 * bytes from run to run, when some are; undefined when none is.
 */
export async function choosePlatforms(
  source: ReadTarget,
  manifest: RawManifest,
  filters: readonly PlatformFilter[],
): Promise<RawManifest | undefined> {
  const parsed = parseManifest(manifest);
  if (parsed.kind === "index") return chooseFromIndex(manifest, parsed, filters);
  const platform = await platformOf(source, parsed);
  return filters.some((filter) => matchesPlatform(platform, filter)) ? manifest : undefined;
}

/** The platforms that an image is for, as far as it names them. */
export async function platformsOf(source: ReadTarget, manifest: RawManifest): Promise<readonly Platform[]> {
  const parsed = parseManifest(manifest);
  if (parsed.kind === "image") return [await platformOf(source, parsed)];
  return parsed.manifests.flatMap(({ platform }) => platform ?? []);
}

/** An image alone says it in its configuration. */
async function platformOf(source: ReadTarget, image: ImageManifest): Promise<Platform> {
  const bytes = await collect(verified(source.name, image.config, source.blob(image.config)), MAX_CONFIG_BYTES);
  const config: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
  const text = (name: string) => {
    const value = typeof config === "object" && config !== null ? Reflect.get(config, name) : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [variant, version] = [text("variant"), text("os.version")];
  return {
    os: text("os") ?? "",
    architecture: text("architecture") ?? "",
    ...(variant !== undefined && { variant }),
    ...(version !== undefined && { "os.version": version }),
  };
}

function chooseFromIndex(
  manifest: RawManifest,
  index: ImageIndex,
  filters: readonly PlatformFilter[],
): RawManifest | undefined {
  const images = index.manifests.filter(
    ({ platform }) => platform !== undefined && filters.some((filter) => matchesPlatform(platform, filter)),
  );
  if (images.length === 0) return undefined;
  const digests = new Set(images.map((image) => image.digest));
  const attests = (child: Descriptor) =>
    digests.has((child.annotations?.[ATTESTED_DIGEST] ?? "") as Descriptor["digest"]);
  const kept = index.manifests.map((child) => digests.has(child.digest) || attests(child));
  if (kept.every(Boolean)) return manifest;
  const json = JSON.parse(Buffer.from(manifest.bytes).toString("utf8"));
  const manifests = json.manifests.filter((_: unknown, at: number) => kept[at]);
  const bytes = Buffer.from(JSON.stringify({ ...json, manifests }));
  return { bytes, descriptor: descriptorOf(bytes, manifest.descriptor.mediaType) };
}
