import { fillTemplate, isBranch, shortRevision } from "./fill-template.ts";
import type { TagMeaning } from "./named-tag.ts";
import type { Surroundings } from "./surroundings.ts";
import type { TagRule } from "./tag-rule.ts";
import { isOnly, type Template, wordsIn } from "./template.ts";
import { explainPep440, readSemver, readVersion, type Version, versionPart } from "./version.ts";

/** What a rule gives, before prefix and suffix. */
export interface Candidate {
  readonly text: string;
  readonly meaning: TagMeaning;
  /** Whether `latest` belongs to it, where the flavor leaves that to the rule. */
  readonly latest: boolean;
  /** The version that it was read from. */
  readonly version?: Version;
}

export type Warn = (kind: "version-invalid" | "match-failed" | "group-missing" | "tag-invalid", text: string) => void;

type Rule<Type extends TagRule["type"]> = Extract<TagRule, { type: Type }>;

const REVISION: TagMeaning = { kind: "revision" };
const OTHER: TagMeaning = { kind: "floating", line: "other" };
const BRANCH: TagMeaning = { kind: "floating", line: "branch" };

/**
 * What a rule gives in these surroundings; undefined when it is for others.
 * The conditions are those of https://github.com/docker/metadata-action/blob/v6/src/meta.ts
 */
export function candidateOf(rule: TagRule, surroundings: Surroundings, warn: Warn): Candidate | undefined {
  const { ref, event, revision, defaultBranch } = surroundings;
  switch (rule.type) {
    case "schedule":
      return event === "schedule" ? plain(fillTemplate(rule.pattern, surroundings), OTHER) : undefined;
    case "semver":
    case "pep440":
      return ofVersion(rule, surroundings, warn);
    case "match":
      return ofMatch(rule, surroundings, warn);
    case "edge":
      return isBranch(ref, rule.branch ?? defaultBranch) ? plain("edge", BRANCH) : undefined;
    case "ref":
      return ofRef(rule, surroundings);
    case "raw": {
      const text = fillTemplate(rule.value, surroundings);
      if (text === "latest") return plain(text, { kind: "floating", line: "latest" });
      return plain(text, wordsIn(rule.value).has("sha") ? REVISION : meaningOf(text, surroundings));
    }
    case "sha": {
      if (revision === undefined) return undefined;
      const text = rule.format === "long" ? revision : shortRevision(revision);
      return { text, meaning: REVISION, latest: false };
    }
    case "latest":
      return undefined;
  }
}

/** The version that a run is about: the one being released, or the one in the name of its git tag. */
export function releaseOf({ version, ref }: Surroundings): Version | undefined {
  const ofTag = ref?.kind === "tag" ? readVersion(versionPart(ref.name)) : undefined;
  return (version === undefined ? undefined : readVersion(version)) ?? ofTag;
}

function ofVersion(rule: Rule<"semver" | "pep440">, surroundings: Surroundings, warn: Warn): Candidate | undefined {
  const source = sourceOf(rule.value, surroundings, "version");
  if (source === undefined) return undefined;
  const match = rule.match?.exec(source);
  if (match === null) warn("match-failed", source);
  const text = (match?.[1] ?? source).replaceAll("/", "-");
  const version = rule.type === "semver" ? readSemver(text) : explainPep440(text);
  if (version === undefined) {
    warn("version-invalid", text);
    return undefined;
  }
  const words = {
    raw: text,
    version: version.canonical,
    major: String(version.major),
    minor: String(version.minor),
    patch: String(version.patch),
  };
  if (version.stability === "stable") {
    const meaning = patternMeaning(rule.pattern, version);
    return { text: fillTemplate(rule.pattern, surroundings, words), meaning, latest: true, ...orderable(version) };
  }
  const full = isOnly(rule.pattern, "raw") ? words.raw : words.version;
  return { text: full, meaning: { kind: "version" }, latest: false, ...orderable(version) };
}

/** A single number is a version to PEP 440, but so is a date in a tag: among those nothing can be said to be newer. */
function orderable(version: Version): { readonly version?: Version } {
  return readVersion(version.canonical) === undefined ? {} : { version };
}

/** A tag names one version when all of the version is in it, and a line of versions when its first numbers are. */
function patternMeaning(pattern: Template, { canonical, major, minor, patch }: Version): TagMeaning {
  const named = wordsIn(pattern);
  const hasAll = named.has("major") && named.has("minor") && named.has("patch");
  const isAll = canonical.replace(/\+.*/, "") === `${major}.${minor}.${patch}`;
  if (named.has("version") || named.has("raw") || (hasAll && isAll)) return { kind: "version" };
  if (named.has("sha")) return REVISION;
  if (!named.has("major") || named.has("patch") || readVersion(canonical) === undefined) return OTHER;
  return { kind: "floating", line: named.has("minor") ? { major, minor } : { major } };
}

function ofMatch(rule: Rule<"match">, surroundings: Surroundings, warn: Warn): Candidate | undefined {
  const source = sourceOf(rule.value, surroundings, "tag");
  if (source === undefined) return undefined;
  const groups = source.match(rule.pattern);
  const text = groups?.[rule.group];
  if (text === undefined) {
    warn(groups === null ? "match-failed" : "group-missing", source);
    return undefined;
  }
  const version = readVersion(versionPart(source));
  return { text, meaning: matchMeaning(text, version), latest: true, ...(version !== undefined && { version }) };
}

function matchMeaning(text: string, version: Version | undefined): TagMeaning {
  if (version === undefined) return OTHER;
  const { major, minor, canonical } = version;
  if (readVersion(text)?.canonical === canonical) return { kind: "version" };
  if (text === String(major)) return { kind: "floating", line: { major } };
  return text === `${major}.${minor}` ? { kind: "floating", line: { major, minor } } : OTHER;
}

function ofRef({ event }: Rule<"ref">, surroundings: Surroundings): Candidate | undefined {
  const { ref } = surroundings;
  if (ref?.kind === "branch" && event === "branch") return plain(ref.name, BRANCH);
  if (ref?.kind === "pull" && event === "pr") return plain(String(ref.number), OTHER);
  if (ref?.kind !== "tag" || event !== "tag") return undefined;
  return { text: ref.name, meaning: meaningOf(ref.name, surroundings), latest: true };
}

/** A name that is, or ends with, the version of the run names that version. */
function meaningOf(text: string, surroundings: Surroundings): TagMeaning {
  const [named, release] = [readVersion(versionPart(text)), releaseOf(surroundings)];
  return named !== undefined && named.canonical === release?.canonical ? { kind: "version" } : OTHER;
}

/** What a rule reads: its own value, or else the release's version and the git tag, whichever it is more about. */
function sourceOf(
  value: Template | undefined,
  surroundings: Surroundings,
  first: "version" | "tag",
): string | undefined {
  if (value !== undefined) return fillTemplate(value, surroundings);
  const { version, ref } = surroundings;
  const tag = ref?.kind === "tag" ? ref.name : undefined;
  return first === "version" ? (version ?? tag) : (tag ?? version);
}

function plain(text: string, meaning: TagMeaning): Candidate {
  return { text, meaning, latest: false };
}
