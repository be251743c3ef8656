import { failure } from "../words/error.ts";

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md#image-index-property-descriptions */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly "os.version"?: string;
}

/** What a user asks for; a part left out matches everything. */
export interface PlatformFilter {
  readonly os?: string;
  readonly osVersion?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

const ARCHITECTURE_ALIASES: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64", i386: "386" };
const PART = /^[A-Za-z0-9._-]+$/;

/**
 * Reads `os[:version]/architecture[/variant]`; `linux/arm64/v8` and `linux/arm64` are the same.
 * https://github.com/containerd/platforms/blob/v1.0.0/platforms.go
 * @throws PLATFORM_INVALID
 */
export function parsePlatform(text: string): PlatformFilter {
  const [osPart = "", architecture = "", variant, ...more] = text.split("/");
  const [os = "", osVersion] = osPart.split(":");
  const parts = [
    os,
    architecture,
    ...(variant === undefined ? [] : [variant]),
    ...(osVersion === undefined ? [] : [osVersion]),
  ];
  if (more.length > 0 || parts.some((part) => !PART.test(part))) throw failure("PLATFORM_INVALID", { text });
  const canonical = ARCHITECTURE_ALIASES[architecture.toLowerCase()] ?? architecture.toLowerCase();
  return {
    os: os.toLowerCase(),
    architecture: canonical,
    ...(osVersion !== undefined && { osVersion }),
    ...(variant !== undefined && { variant }),
  };
}

/** `linux/arm/v7` */
export function formatPlatform(platform: Platform): string {
  const variant = platform.variant === undefined ? "" : `/${platform.variant}`;
  return `${platform.os}/${platform.architecture}${variant}`;
}

/** Whether a platform is one of those asked for. arm64 without variant is v8, as everywhere. */
export function matchesPlatform(platform: Platform, filter: PlatformFilter): boolean {
  return (
    (filter.os === undefined || filter.os === platform.os) &&
    (filter.osVersion === undefined || (platform["os.version"] ?? "").startsWith(filter.osVersion)) &&
    (filter.architecture === undefined || filter.architecture === platform.architecture) &&
    (filter.variant === undefined || filter.variant === variantOf(platform))
  );
}

function variantOf(platform: Platform): string | undefined {
  return platform.variant ?? (platform.architecture === "arm64" ? "v8" : undefined);
}
