import type { FloatingTag } from "./named-tag.ts";
import { compareVersions, readAs, readVersion, type Version } from "./version.ts";

/** Whether a floating tag goes on to a version. */
export type Move =
  | { readonly moves: true }
  /** Nobody who follows a floating tag asked for a version before its release. */
  | { readonly moves: false; readonly because: "prerelease" }
  /** It would go back: `newer` is the newest version that is published, without a leading v. */
  | { readonly moves: false; readonly because: "newer"; readonly newer: string }
  /** The version is none, so nothing says whether it is newer. */
  | { readonly moves: false; readonly because: "unordered" }
  /** The version is not of the tag's line. */
  | { readonly moves: false; readonly because: "other-line" };

/**
 * Whether a floating tag may go on to `version`: `latest` only forward over all stable versions that are published, the
 * tag of a line only forward within it, and neither to a prerelease. Tags that follow a branch or something else always may.
 * @param published tags of the repository, in any order; those that are no versions do not count
 */
export function mayMove(tag: FloatingTag, version: string, published: readonly string[]): Move {
  const { line, around } = tag;
  if (line === "branch" || line === "other") return { moves: true };
  const next = readVersion(version);
  if (next === undefined) return { moves: false, because: "unordered" };
  if (next.stability === "prerelease") return { moves: false, because: "prerelease" };
  if (!isOf(line, next)) return { moves: false, because: "other-line" };
  let newest = next;
  for (const text of published.flatMap((name) => spellings(name, around))) {
    const other = readAs(next.scheme, text);
    if (other === undefined || !counts(other) || !isOf(line, other)) continue;
    if (compareVersions(other, newest) > 0) newest = other;
  }
  return newest === next ? { moves: true } : { moves: false, because: "newer", newer: newest.canonical };
}

/** A published prerelease holds nothing. */
function counts({ stability }: Version): boolean {
  return stability !== "prerelease";
}

function isOf(line: Exclude<FloatingTag["line"], "branch" | "other">, { major, minor }: Version): boolean {
  if (line === "latest") return true;
  return line.major === major && (line.minor === undefined || line.minor === minor);
}

/** A tag as it is, and without what stands around the versions of this image's tags. */
function spellings(name: string, around: FloatingTag["around"]): readonly string[] {
  if (around === undefined) return [name];
  const { prefix, suffix } = around;
  const holdsBoth = name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
  return holdsBoth ? [name, name.slice(prefix.length, name.length - suffix.length)] : [name];
}
