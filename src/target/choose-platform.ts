import type { Descriptor } from "../oci/descriptor.ts";
import type { ImageIndex } from "../oci/manifest.ts";
import { isManifestType } from "../oci/media-types.ts";
import { formatPlatform, matchesPlatform, type PlatformFilter } from "../oci/platform.ts";
import { failure } from "../words/error.ts";

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
  const named = images.flatMap(({ platform }) => (platform === undefined ? [] : [formatPlatform(platform)]));
  const available = named.filter((platform) => platform !== "unknown/unknown").join(", ") || "none that is named";
  const { os = "*", architecture = "*", variant } = wanted;
  const platform = `${os}/${architecture}${variant === undefined ? "" : `/${variant}`}`;
  throw failure("PLATFORM_UNKNOWN", { digest: name, platform, available });
}
