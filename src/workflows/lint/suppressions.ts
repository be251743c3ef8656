import { type Finding, type Remark, type RuleName, remark } from "./finding.ts";
import type { Rule } from "./rule.ts";

/** `# slipway-lint: ignore=rule,rule reason`, on the line of the finding or on the comment line above. */
interface Suppression {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  /** The lines that it speaks of. */
  readonly covers: readonly number[];
}

function suppressionsIn(lines: readonly string[]): readonly Suppression[] {
  return lines.flatMap((text, at) => {
    const match = /#\s*slipway-lint:\s*ignore(?:=([\w,-]*))?[ \t]*(.*)$/.exec(text);
    if (match === null) return [];
    const [, rules = "", reason = ""] = match;
    const isAlone = text.slice(0, match.index).trim() === "";
    return [
      {
        rules: rules.split(",").filter((rule) => rule !== ""),
        reason: reason.trim(),
        line: at + 1,
        column: match.index + 1,
        covers: isAlone ? [at + 1, at + 2] : [at + 1],
      },
    ];
  });
}

/** Leaves out what is suppressed with a reason. What has none suppresses nothing. */
export function withoutSuppressed(findings: readonly Finding[], lines: readonly string[]): readonly Finding[] {
  const suppressions = suppressionsIn(lines).filter(({ reason }) => reason !== "");
  return findings.filter(
    ({ rule, place }) => !suppressions.some(({ rules, covers }) => rules.includes(rule) && covers.includes(place.line)),
  );
}

/** A suppression says what it is for and why: who reads it later has to judge whether that still holds. */
export function suppressionRule(isRule: (name: string) => name is RuleName): Rule {
  return {
    name: "suppression",
    severity: "warning",
    link: "https://docs.zizmor.sh/usage/#ignoring-results",
    *check({ file, lines }): Iterable<Remark> {
      for (const { rules, reason, line, column } of suppressionsIn(lines)) {
        const place = { file, line, column };
        if (reason === "") yield remark(place, "lint.suppression");
        if (rules.length === 0) yield remark(place, "lint.suppression.nothing");
        for (const rule of rules.filter((name) => !isRule(name)))
          yield remark(place, "lint.suppression.unknown", { rule });
      }
    },
  };
}
