import { parseTagRule, type TagRule } from "../../../metadata/index.ts";
import { parseReference } from "../../../oci/reference.ts";
import { SlipwayError } from "../../../words/error.ts";
import { remark } from "../finding.ts";
import { pushedBuilds, repositoryOf } from "../model/builds.ts";
import { inputOf, stepsIn, usesAction } from "../model/workflow.ts";
import { linesOf, writtenOf } from "../model/written.ts";
import type { Contract, Rule } from "../rule.ts";

const LATEST = "latest";

/** The tags that a workflow makes are those that `slipway.yaml` promises. */
export const tagsContract: Rule = {
  name: "tags-contract",
  severity: "warning",
  link: "https://github.com/docker/metadata-action#tags-input",
  *check(workflow, { contract }) {
    if (contract === undefined) return;
    for (const { step } of stepsIn(workflow)) {
      const written = writtenOf(inputOf(step, "tags"));
      if (written === undefined || !usesAction(step, "docker/metadata-action")) continue;
      if (!linesOf(inputOf(step, "images")).some((image) => isOurs(image, contract))) continue;
      const { extra, missing } = difference(linesOf(inputOf(step, "tags")), contract.tags);
      if (extra.length + missing.length > 0) {
        yield remark(written.place, "lint.tags-contract", { extra: shown(extra), missing: shown(missing) });
      }
    }
    for (const { step, tags, place } of pushedBuilds(workflow)) {
      const at = writtenOf(inputOf(step, "tags"))?.place ?? place;
      for (const tag of tags.filter((one) => !one.includes("$") && isOurs(repositoryOf(one), contract))) {
        const name = tag.slice(repositoryOf(tag).length + 1) || "latest";
        if (!contract.tags.some((rule) => canMake(rule, name))) yield remark(at, "lint.tags-contract.fixed", { tag });
      }
    }
  },
};

/** `latest` comes with versions by itself; where a line cannot be read before the run, it may be any that is missing. */
function difference(lines: readonly string[], promised: readonly TagRule[]) {
  const rules = lines.map(ruleOf);
  const readable = rules.filter((rule) => rule !== undefined);
  const without = (some: readonly TagRule[], others: readonly TagRule[]) => {
    const known = new Set(others.map(identityOf));
    return some.filter((rule) => !known.has(identityOf(rule)));
  };
  const missing = without(promised, readable).filter((rule) => identityOf(rule) !== LATEST);
  return { extra: without(readable, promised), missing: readable.length === rules.length ? missing : [] };
}

function shown(rules: readonly TagRule[]): string {
  return rules.map(({ text }) => `\`${text}\``).join(", ") || "–";
}

/** Whether a rule can give a tag; of branches and the like that is not known. */
function canMake(rule: TagRule, tag: string): boolean {
  if (identityOf(rule) === LATEST) return tag === LATEST;
  if (rule.type === "raw") return rule.value.text === tag || rule.value.text.includes("{{");
  return rule.type === "semver" || rule.type === "pep440" ? /\d/.test(tag) : true;
}

/** undefined: it cannot be read before the run. */
function ruleOf(line: string): TagRule | undefined {
  try {
    return line.includes("${{") ? undefined : parseTagRule(line);
  } catch (thrown) {
    if (thrown instanceof SlipwayError) return undefined;
    throw thrown;
  }
}

/** What a rule makes, however it is spelt. */
function identityOf(rule: TagRule): string {
  if (rule.type === "latest" || (rule.type === "raw" && rule.value.text === "latest")) return LATEST;
  const { text: _, enable: _sometimes, ...body } = rule;
  return JSON.stringify(body, (_key, value: unknown) => (value instanceof RegExp ? value.source : value));
}

function isOurs(image: string, contract: Contract): boolean {
  try {
    const { registry, repository } = parseReference(image);
    return contract.images.includes(`${registry}/${repository}`);
  } catch (thrown) {
    if (thrown instanceof SlipwayError) return false;
    throw thrown;
  }
}
