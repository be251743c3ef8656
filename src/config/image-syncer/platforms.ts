import type { PlatformFilter } from "../../oci/platform.ts";
import { failure } from "../../words/error.ts";

/**
 * What `--os linux[:version]` and `--arch arm64[:variant]` ask for together: every pair of both. Each may be given
 * several times or as a comma list; none of one kind means all of it. Undefined: everything.
 * @throws PLATFORM_INVALID
 */
export function platformsFromFlags(
  systems: readonly string[],
  architectures: readonly string[],
): readonly PlatformFilter[] | undefined {
  const systemFilters = split(systems).map(([os, osVersion]) => ({
    os,
    ...(osVersion !== undefined && { osVersion }),
  }));
  const architectureFilters = split(architectures).map(([architecture, variant]) => ({
    architecture,
    ...(variant !== undefined && { variant }),
  }));
  if (systemFilters.length === 0 && architectureFilters.length === 0) return undefined;
  const left: readonly PlatformFilter[] = systemFilters.length === 0 ? [{}] : systemFilters;
  const right: readonly PlatformFilter[] = architectureFilters.length === 0 ? [{}] : architectureFilters;
  return left.flatMap((system) => right.map((architecture) => ({ ...system, ...architecture })));
}

function split(values: readonly string[]): readonly (readonly [string, string?])[] {
  return values
    .flatMap((value) => value.split(","))
    .map((text) => {
      const match = /^\s*([A-Za-z0-9._-]+)(?::([A-Za-z0-9._-]+))?\s*$/.exec(text);
      if (match?.[1] === undefined) throw failure("PLATFORM_INVALID", { text });
      return match[2] === undefined ? [match[1]] : [match[1], match[2]];
    });
}
