import { isTag } from "../oci/reference.ts";
import { failure } from "../words/error.ts";
import { type Candidate, candidateOf, releaseOf, type Warn } from "./candidate.ts";
import { fillTemplate } from "./fill-template.ts";
import { DEFAULT_FLAVOR, type Flavor } from "./flavor.ts";
import { type NamedTag, stricter, type TagMeaning } from "./named-tag.ts";
import { parseTagRule } from "./parse-tag-rule.ts";
import type { Surroundings } from "./surroundings.ts";
import type { TagRule } from "./tag-rule.ts";
import type { Version } from "./version.ts";

/** Why a rule gave no tag, or another one than it might have been meant to. */
export interface TagWarning {
  readonly kind: "version-invalid" | "match-failed" | "group-missing" | "tag-invalid";
  /** The rule as it was written. */
  readonly rule: string;
  /** What is no version, does not match, or is no tag. */
  readonly text: string;
}

export interface NamedTags {
  /** The first of the tags, which is the image's version. */
  readonly version: string | undefined;
  /** The version, canonical, among whose releases `latest` and the tags of lines move; undefined when there is none. */
  readonly release: string | undefined;
  readonly tags: readonly NamedTag[];
  readonly warnings: readonly TagWarning[];
}

interface Found {
  readonly name: string;
  readonly meaning: TagMeaning;
}

interface FoundByRule extends Found {
  readonly candidate: Candidate;
}

/** metadata-action's rules where none are given. */
const DEFAULT_RULES = ["type=schedule", "type=ref,event=branch", "type=ref,event=tag", "type=ref,event=pr"];

/**
 * The tags of an image, by the rules of https://github.com/docker/metadata-action: those of the highest priority first,
 * otherwise as the rules are ordered; each once; `latest` last. Characters that no tag holds become a dash.
 * @param rules none mean metadata-action's own: schedule, and branch, tag or pull request
 * @throws TAG_RULE_INVALID when `enable` turns out to be neither true nor false
 */
export function tagsOf(
  rules: readonly TagRule[],
  surroundings: Surroundings,
  flavor: Flavor = DEFAULT_FLAVOR,
): NamedTags {
  const warnings: TagWarning[] = [];
  const enabled = (rules.length === 0 ? DEFAULT_RULES.map(parseTagRule) : rules)
    .filter((rule) => isEnabled(rule, surroundings))
    .toSorted((one, other) => other.priority - one.priority);
  const found = enabled.flatMap((rule) => findTag(rule, surroundings, flavor, warnings));
  const release = releaseOf(surroundings) ?? found.find(({ candidate }) => candidate.version)?.candidate.version;
  const latest = latestOf(enabled, found, surroundings, flavor, release);
  const tags = ordered(found, latest, release);
  return { version: tags[0]?.name, release: release?.canonical, tags, warnings };
}

function isEnabled(rule: TagRule, surroundings: Surroundings): boolean {
  const enable = fillTemplate(rule.enable, surroundings);
  if (enable === "true" || enable === "false") return enable === "true";
  throw failure("TAG_RULE_INVALID", { text: rule.text, reason: `enable is "${enable}", neither true nor false` });
}

function findTag(
  rule: TagRule,
  surroundings: Surroundings,
  flavor: Flavor,
  warnings: TagWarning[],
): readonly FoundByRule[] {
  const warn: Warn = (kind, text) => warnings.push({ kind, rule: rule.text, text });
  const candidate = candidateOf(rule, surroundings, warn);
  if (candidate === undefined) return [];
  const [before, after] = [rule.prefix ?? flavor.prefix?.template, rule.suffix ?? flavor.suffix?.template];
  const prefix = before === undefined ? "" : fillTemplate(before, surroundings);
  const suffix = after === undefined ? "" : fillTemplate(after, surroundings);
  const text = `${prefix}${candidate.text}${suffix}`;
  if (text === "") return [];
  const name = sanitized(text);
  if (isTag(name)) return [{ name, meaning: withAffixes(candidate.meaning, prefix, suffix), candidate }];
  warn("tag-invalid", name);
  return [];
}

/** `latest`, where the flavor says so, where it leaves it to the rules and the first that gave a tag does, or by a rule. */
function latestOf(
  enabled: readonly TagRule[],
  found: readonly FoundByRule[],
  surroundings: Surroundings,
  flavor: Flavor,
  release: Version | undefined,
): Found | undefined {
  const isRuled = release?.stability === "stable" && enabled.some(({ type }) => type === "latest");
  const byFlavor = flavor.latest === "auto" ? found[0]?.candidate.latest : found.length > 0 && flavor.latest;
  if (!isRuled && !byFlavor) return undefined;
  const [prefix, suffix] = [flavor.prefix, flavor.suffix].map((affix) => ({
    text: affix === undefined ? "" : fillTemplate(affix.template, surroundings),
    onLatest: affix?.onLatest ?? false,
  }));
  const name = sanitized(`${prefix?.onLatest ? prefix.text : ""}latest${suffix?.onLatest ? suffix.text : ""}`);
  const meaning: TagMeaning = { kind: "floating", line: "latest" };
  return { name, meaning: withAffixes(meaning, prefix?.text ?? "", suffix?.text ?? "") };
}

/** Each name once, where it came first and with its strictest meaning; what is `latest` goes last, unless it is all. */
function ordered(
  found: readonly Found[],
  latest: Found | undefined,
  release: Version | undefined,
): readonly NamedTag[] {
  const meanings = new Map<string, TagMeaning>();
  for (const { name, meaning } of latest === undefined ? found : [...found, latest]) {
    const known = meanings.get(name);
    meanings.set(name, known === undefined ? meaning : stricter(known, meaning));
  }
  const [first, ...others] = Array.from(meanings, ([name, meaning]): NamedTag => ({ name, ...meaning }));
  if (first === undefined) return [];
  const isLast = (tag: NamedTag) => isLatest(tag) || tag.name === latest?.name;
  const tags = [first, ...others.filter((tag) => !isLast(tag)), ...others.filter(isLast)];
  if (release !== undefined) return tags;
  // Without versions to compare, `latest` is what somebody wants to call this image.
  return tags.map((tag) => (isLatest(tag) ? { name: tag.name, kind: "floating", line: "other" } : tag));
}

function isLatest(meaning: TagMeaning): boolean {
  return meaning.kind === "floating" && meaning.line === "latest";
}

function withAffixes(meaning: TagMeaning, prefix: string, suffix: string): TagMeaning {
  const moves = meaning.kind === "floating" && meaning.line !== "other" && meaning.line !== "branch";
  if (!moves || (prefix === "" && suffix === "")) return meaning;
  return { ...meaning, around: { prefix: sanitized(prefix), suffix: sanitized(suffix) } };
}

function sanitized(text: string): string {
  return text.replace(/[^a-zA-Z0-9._-]+/g, "-");
}
