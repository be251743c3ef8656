import type { Outcome } from "../../copy/outcome.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Paint, plainPaint, type Style } from "../output/color.ts";
import { failureLines } from "../output/failure.ts";
import { formatBytes, formatSeconds } from "../output/units.ts";
import { printable } from "../output/width.ts";
import { type Result, resultOf, verdictOf } from "../result.ts";
import { type RunFacts, totalsOf } from "./report.ts";

export interface SummaryStyle {
  readonly words: Words;
  readonly paint: Paint;
  readonly debug: boolean;
}

/** What a run did, in one line. */
export function sumLine(outcomes: readonly Outcome[], facts: RunFacts, { words, paint }: SummaryStyle): string {
  const mark = { fine: paint("green", "✓"), idle: paint("yellow", "!"), failed: paint("red", "✗") };
  return `${mark[verdictOf(outcomes)]} ${sumParts(outcomes, facts, words, paint).join(paint("dim", " · "))}`;
}

/** How many of each kind, how much, how long; what there was none of is left out. */
export function sumParts(
  outcomes: readonly Outcome[],
  facts: RunFacts,
  words: Words,
  paint: Paint = plainPaint,
): readonly string[] {
  const { bytesWritten } = totalsOf(outcomes, facts);
  const counted = (result: Result, style?: Style) => {
    const count = outcomes.filter((outcome) => resultOf(outcome) === result).length;
    const text = words.text(`count.${result}`, { count });
    return count > 0 && (style === undefined ? text : paint(style, text));
  };
  const mounted = outcomes.reduce((total, outcome) => total + outcome.bytesMounted, 0);
  const adapted = outcomes.filter((outcome) => "adapted" in outcome).length;
  const parts: readonly (string | false)[] = [
    counted("copied", "green"),
    counted("in-step"),
    counted("platform", "yellow"),
    counted("removed", "yellow"),
    counted("moved"),
    counted("withheld", "yellow"),
    adapted > 0 && paint("yellow", words.text("count.adapted", { count: adapted })),
    counted("failed", "red"),
    outcomes.length === 0 && words.text("count.nothing"),
    bytesWritten > 0 && words.text("bytes.sent", { bytes: formatBytes(bytesWritten) }),
    mounted > 0 && words.text("bytes.mounted", { bytes: formatBytes(mounted) }),
    formatSeconds(facts.seconds),
  ];
  return parts.filter((part) => part !== false);
}

/** What is left where hosts count pulls. */
export function allowanceLines({ allowances = [] }: RunFacts, words: Words): readonly string[] {
  return allowances.map(({ host, limit, remaining }) => words.text("allowance", { host, limit, remaining }));
}

/** What failed and why, each reason said once. */
export function failureSummary(outcomes: readonly Outcome[], style: SummaryStyle): readonly string[] {
  return failureGroups(outcomes).flatMap((group) => [
    ...failureLines([group.error], style),
    ...group.outcomes.map(({ source, destination }) => printable(`  ${source} → ${destination}`)),
    "",
  ]);
}

interface FailureGroup {
  readonly error: SlipwayError;
  readonly outcomes: readonly Outcome[];
}

/**
 * Failures that say the same are one group: a registry that is down fails every image alike. What was interrupted is
 * said once for the whole run, not here.
 */
export function failureGroups(outcomes: readonly Outcome[]): readonly FailureGroup[] {
  const groups = new Map<string, { error: SlipwayError; outcomes: Outcome[] }>();
  for (const outcome of outcomes) {
    if (outcome.status !== "failed" || outcome.error.code === "INTERRUPTED") continue;
    const key = reasonOf(outcome.error);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { error: outcome.error, outcomes: [outcome] });
    else group.outcomes.push(outcome);
  }
  return [...groups.values()];
}

/** What makes two failures the same: a host's answer is one reason, whichever repository or tag it was about. */
function reasonOf({ side, code, message, facts: { host, status, reason, detail } }: SlipwayError): string {
  return JSON.stringify([side, code, ...(host === undefined ? [message] : [host, status, reason, detail])]);
}
