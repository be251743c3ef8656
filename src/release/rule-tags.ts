import type { Publishing } from "../config/slipway/load-config.ts";
import { type Flavor, type NamedTag, type Surroundings, type TagRule, tagsOf } from "../metadata/index.ts";
import { DEFAULT_RULES, editionOf } from "./edition.ts";
import { releaseSample } from "./sample-runs.ts";

/** The rules that name an image's tags: those of the configuration, or the usual ones. */
export function rulesOf({ tags = DEFAULT_RULES }: Publishing): readonly TagRule[] {
  return tags;
}

/** What one rule gives by itself; `latest` only where it is the rule's own. */
export function tagOfRule(rule: TagRule, surroundings: Surroundings, flavor?: Flavor): NamedTag | undefined {
  return tagsOf([rule], surroundings, { ...flavor, latest: false }).tags[0];
}

/** The tags that move with versions, as the rules write them: `{{major}}.{{minor}}`, `latest`. */
export function floatingTemplates(publishing: Publishing): readonly string[] {
  const { flavor } = publishing;
  const sample = releaseSample("1.2.3", publishing.release);
  const written = new Map(
    rulesOf(publishing).flatMap((rule) => {
      const tag = tagOfRule(rule, sample, flavor);
      return tag === undefined ? [] : [[tag.name, templateOf(rule, flavor) ?? tag.name]];
    }),
  );
  return editionOf(publishing, sample).floating.map(({ name }) => written.get(name) ?? name);
}

/** The pattern of a rule for versions, with what the flavor puts around it. */
function templateOf(rule: TagRule, flavor: Flavor | undefined): string | undefined {
  if (rule.type !== "semver" && rule.type !== "pep440") return undefined;
  const prefix = rule.prefix ?? flavor?.prefix?.template;
  const suffix = rule.suffix ?? flavor?.suffix?.template;
  return `${prefix?.text ?? ""}${rule.pattern.text}${suffix?.text ?? ""}`;
}
