import { formatPlatform, type PlatformFilter } from "../../oci/platform.ts";
import { hostPlatform } from "../../target/choose-platform.ts";

/** Platforms as builders take them, `linux/amd64,linux/arm/v7`; undefined for none, which means the builder's own. */
export function platformNames(platforms: readonly PlatformFilter[]): string | undefined {
  return platforms.length === 0 ? undefined : platforms.map(platformName).join(",");
}

function platformName({ os = "linux", architecture, variant }: PlatformFilter): string {
  const here = architecture ?? hostPlatform().architecture ?? "";
  return formatPlatform({ os, architecture: here, ...(variant !== undefined && { variant }) });
}
