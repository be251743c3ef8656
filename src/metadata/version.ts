import { clean, compare as comparePep440, explain } from "@renovatebot/pep440";
import SemVer from "semver/classes/semver.js";
import { failure } from "../words/error.ts";

/** A version that can be compared with others of its scheme. */
export interface Version {
  readonly scheme: "semver" | "pep440";
  /** Without a leading v: `1.2.3`, `2.0.0-rc.1+build.7`, `1.2rc1`. */
  readonly canonical: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Whether it is a release that `latest` may be: none before (rc, dev) or, in PEP 440, after it (post). */
  readonly stability: "stable" | "prerelease" | "postrelease";
}

/**
 * The version without its leading v, as it is used everywhere: by https://semver.org, or else by
 * https://peps.python.org/pep-0440/ with two numbers at least, so that `2024` or `v1` is none. `+build` is kept; a tag
 * cannot hold the plus and has a dash there.
 * @throws VERSION_INVALID
 */
export function canonicalVersion(text: string): string {
  const version = readVersion(text);
  if (version === undefined) throw failure("VERSION_INVALID", { text });
  return version.canonical;
}

/** The version that a text is, whichever the scheme; undefined when it is none. */
export function readVersion(text: string): Version | undefined {
  return readSemver(text) ?? readPep440(text);
}

export function readAs(scheme: Version["scheme"], text: string): Version | undefined {
  return scheme === "semver" ? readSemver(text) : readPep440(text);
}

export function readSemver(text: string): Version | undefined {
  if (!/^v?\d\S*$/.test(text)) return undefined;
  try {
    const { version, build, major, minor, patch, prerelease } = new SemVer(text);
    const canonical = build.length === 0 ? version : `${version}+${build.join(".")}`;
    return {
      scheme: "semver",
      canonical,
      major,
      minor,
      patch,
      stability: prerelease.length > 0 ? "prerelease" : "stable",
    };
  } catch {
    return undefined;
  }
}

function readPep440(text: string): Version | undefined {
  const version = explainPep440(text);
  return version === undefined || version.parts < 2 ? undefined : version;
}

/** Also what is a version by PEP 440 only, such as `v1`. `parts` is how many numbers were given. */
export function explainPep440(text: string): (Version & { readonly parts: number }) | undefined {
  const [explained, canonical] = [explain(text), clean(text)];
  if (explained === null || canonical === null || /\s/.test(text)) return undefined;
  const [major = 0, minor = 0, patch = 0] = explained.release;
  const isPrerelease = explained.is_prerelease || explained.is_devrelease;
  const stability = isPrerelease ? "prerelease" : explained.is_postrelease ? "postrelease" : "stable";
  return { scheme: "pep440", canonical, major, minor, patch, stability, parts: explained.release.length };
}

/** Below 0 when `one` is older than `other`, above 0 when it is newer. Both are of the same scheme. */
export function compareVersions(one: Version, other: Version): number {
  return one.scheme === "semver"
    ? new SemVer(one.canonical).compare(other.canonical)
    : comparePep440(one.canonical, other.canonical);
}

/** The newest of some versions; what is none, or of another scheme than the first that is one, does not count. */
export function newestOf(texts: readonly string[]): string | undefined {
  const [first, ...others] = texts.flatMap((text) => readVersion(text) ?? []);
  if (first === undefined) return undefined;
  const comparable = others.filter(({ scheme }) => scheme === first.scheme);
  return comparable.reduce((newest, one) => (compareVersions(one, newest) > 0 ? one : newest), first).canonical;
}

/** The part of a git tag's name that may be the version: `server/v1.2.3` and `@scope/server@1.2.3` end with it. */
export function versionPart(tagName: string): string {
  return tagName.slice(Math.max(tagName.lastIndexOf("/"), tagName.lastIndexOf("@")) + 1);
}
