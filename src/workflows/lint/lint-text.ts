import { type Finding, type Remark, remark } from "./finding.ts";
import { readWorkflow, type Workflow } from "./model/workflow.ts";
import { readYamlText } from "./model/yaml-text.ts";
import type { LintContext, Rule } from "./rule.ts";
import { rules } from "./rules.ts";
import { withoutSuppressed } from "./suppressions.ts";

/**
 * What is wrong with a workflow, or with an action made of steps. Pure; throws for no text.
 * @param name the file, as findings call it
 * @param text of the file
 * @returns in the order of the file, without what is suppressed
 */
export function lintText(name: string, text: string, context: LintContext = {}): readonly Finding[] {
  const lines = text.split(/\r?\n/);
  const read = readYamlText(name, text);
  if (read.kind === "refused") {
    return rules
      .filter((rule) => rule.name === "yaml-syntax")
      .map((rule) => findingOf(rule, remark(read.place, "lint.yaml-syntax", { reason: read.reason })));
  }
  const workflow = readWorkflow(name, lines, read.tree);
  return withoutSuppressed(inFileOrder(findingsIn(workflow, context)), lines);
}

/** What aliases bring in twice is said once. */
function findingsIn(workflow: Workflow, context: LintContext): readonly Finding[] {
  const found = rules.flatMap((rule) => [...rule.check(workflow, context)].map((one) => findingOf(rule, one)));
  const byIdentity = new Map(
    found.map((finding) => [JSON.stringify([finding.key, finding.place, finding.facts]), finding]),
  );
  return [...byIdentity.values()];
}

function findingOf(rule: Rule, found: Remark): Finding {
  return { ...found, rule: rule.name, severity: found.severity ?? rule.severity, link: rule.link };
}

function inFileOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(({ place: one }, { place: other }) => one.line - other.line || one.column - other.column);
}
