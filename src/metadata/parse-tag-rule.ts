import { failure } from "../words/error.ts";
import { type Attributes, allowOnly, attributesOf, choiceOf, needed, templateOf, wholeNumberOf } from "./attributes.ts";
import { type Field, parseFields } from "./fields.ts";
import { matchExpression, versionExpression } from "./match-expression.ts";
import type { Refuse } from "./refuse.ts";
import { DEFAULT_PRIORITIES, type RuleType, type TagRule } from "./tag-rule.ts";
import { GLOBAL_WORDS, parseTemplate, type Template, VERSION_WORDS, wordsIn } from "./template.ts";

/** What `type=` may be; `latest` is only written alone. */
const WRITTEN_TYPES = ["schedule", "semver", "pep440", "match", "edge", "ref", "raw", "sha"] as const;

const KEYS_OF_ALL = ["type", "enable", "priority", "prefix", "suffix"];
const KEYS: Readonly<Record<RuleType, readonly string[]>> = {
  schedule: ["pattern", ...KEYS_OF_ALL],
  semver: ["pattern", "value", "match", ...KEYS_OF_ALL],
  pep440: ["pattern", "value", "match", ...KEYS_OF_ALL],
  match: ["pattern", "group", "value", ...KEYS_OF_ALL],
  edge: ["branch", ...KEYS_OF_ALL],
  ref: ["event", ...KEYS_OF_ALL],
  raw: ["value", ...KEYS_OF_ALL],
  sha: ["format", ...KEYS_OF_ALL],
  latest: ["latest", "enable"],
};

const PATTERN_WORDS = [...GLOBAL_WORDS, ...VERSION_WORDS];

/**
 * Reads a rule for tags, written either way:
 * - as docker/metadata-action does: `type=semver,pattern={{major}}.{{minor}},prefix=v`.
 *   https://github.com/docker/metadata-action#tags-input
 * - as the tag itself: `{{version}}`, `sha-{{sha}}`, `nightly-{{date 'YYYYMMDD'}}`. It is `type=semver` where it names
 *   parts of a version, `latest` alone is the floating tag of stable releases, and the rest is `type=raw`.
 *
 * What metadata-action passes over is refused: unknown keys and names, keys of other types, keys written twice.
 * @throws TAG_RULE_INVALID with the reason
 */
export function parseTagRule(written: string): TagRule {
  const text = written.trim();
  const refuse = (reason: string) => failure("TAG_RULE_INVALID", { text, reason });
  if (text === "") throw refuse("it is empty");
  const { type, attributes } = typed(parseFields(text, refuse), refuse);
  allowOnly(attributes, KEYS[type], `with type=${type}`);
  const prefix = templateOf(attributes, "prefix", GLOBAL_WORDS) ?? defaultPrefix(type, attributes);
  const suffix = templateOf(attributes, "suffix", GLOBAL_WORDS);
  return {
    text,
    enable: enableOf(attributes),
    priority: wholeNumberOf(attributes, "priority") ?? DEFAULT_PRIORITIES[type],
    ...(prefix !== undefined && { prefix }),
    ...(suffix !== undefined && { suffix }),
    ...bodyOf(type, attributes),
  };
}

/** Finds the type, and the key that a bare value stands for in it. */
function typed(fields: readonly Field[], refuse: Refuse): { readonly type: RuleType; readonly attributes: Attributes } {
  const bare = fields.find(({ key }) => key === undefined)?.value;
  if (bare === undefined || fields.some(({ key }) => key === "type")) {
    const attributes = attributesOf(fields, "value", refuse);
    return { type: choiceOf(attributes, "type", WRITTEN_TYPES, "raw"), attributes };
  }
  if (bare === "latest") return { type: "latest", attributes: attributesOf(fields, "latest", refuse) };
  const named = wordsIn(parseTemplate(bare, PATTERN_WORDS, refuse));
  return VERSION_WORDS.some((word) => named.has(word))
    ? { type: "semver", attributes: attributesOf(fields, "pattern", refuse) }
    : { type: "raw", attributes: attributesOf(fields, "value", refuse) };
}

type Body<Rule = TagRule> = Rule extends TagRule
  ? Omit<Rule, "text" | "enable" | "priority" | "prefix" | "suffix">
  : never;

function bodyOf(type: RuleType, attributes: Attributes): Body {
  const { values, refuse } = attributes;
  switch (type) {
    case "schedule":
      return { type, pattern: templateOf(attributes, "pattern", GLOBAL_WORDS) ?? fixed("nightly") };
    case "semver":
    case "pep440": {
      const pattern = parseTemplate(needed(attributes, "pattern"), PATTERN_WORDS, refuse);
      const match = values.get("match");
      return { type, pattern, ...sourceOf(attributes), ...(match && { match: versionExpression(match, refuse) }) };
    }
    case "match": {
      const pattern = matchExpression(needed(attributes, "pattern"), refuse);
      const group = wholeNumberOf(attributes, "group") ?? 0;
      if (group < 0) throw refuse(`group is ${group}; the first is 1, and 0 is all that matched`);
      return { type, pattern, group, ...sourceOf(attributes) };
    }
    case "edge": {
      const branch = values.get("branch");
      return { type, ...(branch && { branch }) };
    }
    case "ref":
      return { type, event: choiceOf(attributes, "event", ["branch", "tag", "pr"]) };
    case "raw": {
      const value = templateOf(attributes, "value", GLOBAL_WORDS);
      if (value === undefined) throw refuse("value is missing");
      return { type, value };
    }
    case "sha":
      return { type, format: choiceOf(attributes, "format", ["short", "long"], "short") };
    case "latest":
      return { type };
  }
}

/** An empty `value` is as good as none. */
function sourceOf(attributes: Attributes): { readonly value?: Template } {
  const value = templateOf(attributes, "value", GLOBAL_WORDS);
  return value === undefined || value.parts.length === 0 ? {} : { value };
}

function defaultPrefix(type: RuleType, { values }: Attributes): Template | undefined {
  if (type === "sha") return fixed("sha-");
  return type === "ref" && values.get("event") === "pr" ? fixed("pr-") : undefined;
}

/** What is only known on the run is checked there. */
function enableOf(attributes: Attributes): Template {
  const template = templateOf(attributes, "enable", GLOBAL_WORDS) ?? fixed("true");
  if (wordsIn(template).size === 0) choiceOf(attributes, "enable", ["true", "false"], "true");
  return template;
}

function fixed(text: string): Template {
  return { text, parts: [{ kind: "text", text }] };
}
