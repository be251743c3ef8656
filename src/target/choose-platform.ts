import type { Descriptor } from "../oci/descriptor.ts";
import type { ImageIndex } from "../oci/manifest.ts";
import { isManifestType } from "../oci/media-types.ts";
import { formatPlatform, matchesPlatform, type Platform, type PlatformFilter } from "../oci/platform.ts";
import { failure, type SlipwayError } from "../words/error.ts";

const ARCHITECTURES: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: "amd64",
  ia32: "386",
  ppc64: "ppc64le",
};

/** What containers on this machine run: Linux, wherever the engine may hide it, on this processor. */
export function hostPlatform(architecture: NodeJS.Architecture = process.arch): PlatformFilter {
  return { os: "linux", architecture: ARCHITECTURES[architecture] ?? architecture };
}

/**
 * The image of an index that is for a platform: the first that matches, as container engines choose. An index with a
 * single image that names no platform means that one.
 * @param name the index's digest, for errors
 * @throws PLATFORM_UNKNOWN with what there is
 */
export function choosePlatform(name: string, index: ImageIndex, wanted: PlatformFilter = hostPlatform()): Descriptor {
  const images = index.manifests.filter((child) => isManifestType(child.mediaType));
  const chosen = images.find(({ platform }) => platform !== undefined && matchesPlatform(platform, wanted));
  if (chosen !== undefined) return chosen;
  const [only, ...more] = images;
  if (only !== undefined && only.platform === undefined && more.length === 0) return only;
  throw platformUnknown(
    name,
    images.flatMap(({ platform }) => platform ?? []),
    [wanted],
  );
}

/** That an image is for none of the platforms asked for. @param image how errors name it */
export function platformUnknown(
  image: string,
  there: readonly Platform[],
  wanted: readonly PlatformFilter[],
): SlipwayError {
  const named = there.map(formatPlatform).filter((platform) => platform !== "unknown/unknown");
  const available = [...new Set(named)].join(", ") || "none that is named";
  return failure("PLATFORM_UNKNOWN", { image, platform: wanted.map(formatFilter).join(", "), available });
}

function formatFilter({ os = "*", osVersion, architecture = "*", variant }: PlatformFilter): string {
  const version = osVersion === undefined ? "" : `:${osVersion}`;
  return `${os}${version}/${architecture}${variant === undefined ? "" : `/${variant}`}`;
}
