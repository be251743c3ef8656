import Range from "semver/classes/range.js";
import SemVer from "semver/classes/semver.js";
import { Refusal } from "../refusal.ts";

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?$/;

/**
 * The version that a tag stands for: `1.36`, `v2`, `3.12.1-alpine`; parts left out are 0, as image tags leave them out.
 * Undefined for tags that are no version.
 */
export function versionOf(tag: string): SemVer | undefined {
  const match = VERSION.exec(tag);
  if (match === null) return undefined;
  const [, major, minor = "0", patch = "0", prerelease = ""] = match;
  try {
    return new SemVer(`${major}.${minor}.${patch}${prerelease}`, { loose: true });
  } catch {
    return undefined; // a number beyond 2^53: a date with a time, a hash of digits
  }
}

/** Whether a version is in a range. */
export type VersionTest = (version: SemVer) => boolean;

/**
 * Reads a range of versions: `>=1.2 <3`, `^1.4`, `1.x || 2.x`; a comma may stand for the space. Prereleases (and so
 * `3.12-alpine`) count only where a lower bound names one: `>=1.0.0-0`.
 * https://github.com/npm/node-semver#ranges
 * @throws Refusal
 */
export function parseVersionRange(text: string): VersionTest {
  let range: Range;
  try {
    range = new Range(text.replaceAll(",", " "));
  } catch (cause) {
    throw new Refusal(`"${text}" is not a range of versions, such as >=1.2.0 or ^2.0`, { cause });
  }
  const prereleases = range.set.flat().some(({ operator, semver }) => {
    return !operator.startsWith("<") && (semver.prerelease?.length ?? 0) > 0;
  });
  const counted = new Range(range.raw, { includePrerelease: prereleases });
  return (version) => counted.test(version);
}
