import type { Descriptor } from "../../oci/descriptor.ts";
import { childrenOf, MAX_MANIFEST_BYTES, type Manifest, parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { isIndexType } from "../../oci/media-types.ts";
import { matchesPlatform, type Platform, type PlatformFilter } from "../../oci/platform.ts";
import { collect } from "../../target/bytes.ts";
import { hostPlatform, platformUnknown } from "../../target/choose-platform.ts";
import { verified } from "../../target/verified.ts";
import { failure } from "../../words/error.ts";
import { type ImageJson, parseImageJson, platformOf } from "../image-json.ts";
import type { BaseImage, LayersBuilder } from "../request.ts";

/** What an image for one platform is built on. */
export interface Base {
  readonly platform: Platform;
  /** Left out for scratch: nothing is there. */
  readonly image?: ImageJson;
  readonly layers: readonly Descriptor[];
}

/**
 * What a build is on top of: one base for each platform, in the order of the base image's index. Attestations of the
 * base image are left out: they speak of that image.
 * @throws PLATFORM_UNKNOWN where the base image lacks one that is asked for; BASE_UNSUPPORTED; MANIFEST_UNKNOWN
 */
export async function basesOf({ from, platforms }: LayersBuilder): Promise<readonly Base[]> {
  if (from === "scratch") {
    return (platforms.length === 0 ? [hostPlatform()] : platforms).map((wanted) => ({
      platform: completed(wanted),
      layers: [],
    }));
  }
  const raw = await from.target.manifest(from.reference);
  const manifest = parseManifest(raw);
  const name = nameOf(from);
  const entries = entriesOf(manifest, raw.descriptor, name);
  const bases: Base[] = [];
  for (const entry of entries) {
    const mayMatch = entry.platform === undefined || isWanted(entry.platform, platforms);
    if (mayMatch) bases.push(await readBase(from, entry, entry.digest === raw.descriptor.digest ? raw : undefined));
  }
  const chosen = bases.filter(({ platform }) => isWanted(platform, platforms));
  const there = [...entries.flatMap(({ platform }) => platform ?? []), ...bases.map(({ platform }) => platform)];
  const missing = platforms.filter((wanted) => !chosen.some(({ platform }) => matchesPlatform(platform, wanted)));
  if (missing.length > 0) throw platformUnknown(name, there, missing);
  if (chosen.length === 0) throw failure("BASE_UNSUPPORTED", { image: name, reason: "its index holds no image" });
  return chosen;
}

/** What is asked for as a platform; this machine's parts where it leaves some out. */
function completed({ os, osVersion, architecture, variant }: PlatformFilter): Platform {
  const host = hostPlatform();
  return {
    os: os ?? host.os ?? "linux",
    architecture: architecture ?? host.architecture ?? "",
    ...(variant !== undefined && { variant }),
    ...(osVersion !== undefined && { "os.version": osVersion }),
  };
}

/** The images that a manifest stands for. */
function entriesOf(manifest: Manifest, self: Descriptor, name: string): readonly Descriptor[] {
  if (manifest.kind === "image") return [self];
  const images = childrenOf(manifest).filter(
    ({ platform, annotations }) =>
      platform?.os !== "unknown" && annotations?.["vnd.docker.reference.digest"] === undefined,
  );
  if (images.some(({ mediaType }) => isIndexType(mediaType))) {
    throw failure("BASE_UNSUPPORTED", { image: name, reason: "it is an index of indexes" });
  }
  return images;
}

function isWanted(platform: Platform, wanted: readonly PlatformFilter[]): boolean {
  return wanted.length === 0 || wanted.some((filter) => matchesPlatform(platform, filter));
}

/** @param known the entry's manifest where it has been read: a registry may count how often it is asked */
async function readBase(from: BaseImage, entry: Descriptor, known?: RawManifest): Promise<Base> {
  const { target } = from;
  const refuse = (reason: string) => failure("BASE_UNSUPPORTED", { image: nameOf(from), reason });
  const manifest = parseManifest(known ?? (await target.manifest(entry.digest)));
  if (manifest.kind !== "image") throw refuse("it is an index of indexes");
  const { config, layers } = manifest;
  if (config.size > MAX_MANIFEST_BYTES) throw refuse(`its configuration is larger than ${MAX_MANIFEST_BYTES} bytes`);
  const image = parseImageJson(await collect(verified(target.name, config, target.blob(config)), config.size));
  if (image === undefined) throw refuse(`${config.mediaType} is no container image's configuration`);
  const { length } = image.rootfs.diff_ids;
  if (length !== layers.length) throw refuse(`it has ${layers.length} layers and ${length} digests of what is in them`);
  return { platform: entry.platform ?? platformOf(image), image, layers };
}

/** How errors and events name a base image. */
export function nameOf({ target, reference }: BaseImage): string {
  return `${target.name}${reference.includes(":") ? "@" : ":"}${reference}`;
}
