import type { SemVer } from "semver";
import type { RuleImages } from "../config/mirror-rule.ts";
import { parseTagPattern, type TagTest } from "../config/tags/tag-pattern.ts";
import type { TagSelection } from "../config/tags/tag-selection.ts";
import { parseVersionRange, versionOf } from "../config/tags/version.ts";
import { isTag } from "../oci/reference.ts";

/** Whether the source's tags have to be listed to know which images are wanted. */
export function needsListing(images: RuleImages): boolean {
  return images.kind === "selection";
}

/** Whether a selection means a tag of this name, were it there and however many are newer. */
export function selectionTest({ semver, match, include = [], exclude = [] }: TagSelection): TagTest {
  const inRange = semver === undefined ? undefined : versionTest(semver);
  const matches = match === undefined ? undefined : anyOf(match);
  const included = anyOf(include);
  const excluded = anyOf(exclude);
  const byDefault = include.length === 0;
  const chosen = (tag: string) => {
    if (inRange === undefined && matches === undefined) return byDefault;
    return (inRange?.(tag) ?? true) && (matches?.(tag) ?? true);
  };
  return (tag) => (chosen(tag) || included(tag)) && !excluded(tag);
}

/** The tags that a selection means, of those that a repository has; the order of its parts is told at {@link TagSelection}. */
export function selectTags(listed: readonly string[], selection: TagSelection): readonly string[] {
  const { include = [], newest } = selection;
  const named = include.filter(isTag);
  const kept = [...new Set([...listed, ...named])].filter(selectionTest(selection));
  if (newest === undefined) return kept;
  const besides = new Set(named);
  const newestKept = new Set(newestFirst(kept.filter((tag) => !besides.has(tag))).slice(0, newest));
  return kept.filter((tag) => besides.has(tag) || newestKept.has(tag));
}

function anyOf(patterns: readonly string[]): TagTest {
  const tests = patterns.map(parseTagPattern);
  return (tag) => tests.some((test) => test(tag));
}

function versionTest(range: string): TagTest {
  const inRange = parseVersionRange(range);
  return (tag) => {
    const version = versionOf(tag);
    return version !== undefined && inRange(version);
  };
}

/** The highest version first; then what is no version, the last listed first. */
function newestFirst(tags: readonly string[]): readonly string[] {
  const versions: { readonly tag: string; readonly version: SemVer }[] = [];
  const others: string[] = [];
  for (const tag of tags) {
    const version = versionOf(tag);
    if (version === undefined) others.push(tag);
    else versions.push({ tag, version });
  }
  versions.sort((one, other) => other.version.compare(one.version));
  return [...versions.map(({ tag }) => tag), ...others.reverse()];
}
