import { appendFile } from "node:fs/promises";
import type { Outcome } from "../../copy/outcome.ts";
import type { Words } from "../../words/words.ts";
import { adaptedText } from "../output/adapted.ts";
import { printable } from "../output/width.ts";
import { verdictOf } from "../result.ts";
import type { RunFacts } from "./report.ts";
import { allowanceLines, failureGroups, sumParts } from "./summary.ts";

/** GitHub takes 1 MiB a step; more rows than this help nobody. */
const MOST_ROWS = 500;

/** Everything that a step summary shows. */
export interface SummaryMaterial {
  readonly command: string;
  readonly outcomes: readonly Outcome[];
  readonly facts: RunFacts;
  readonly words: Words;
}

/**
 * Adds to the page that GitHub shows for a job; does nothing elsewhere.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export async function writeStepSummary(environment: NodeJS.ProcessEnv, material: SummaryMaterial): Promise<void> {
  const file = environment.GITHUB_STEP_SUMMARY ?? "";
  if (file !== "") await appendFile(file, stepSummary(material));
}

/** The page as Markdown: one row for each image and destination, then what failed and what to do about it. */
export function stepSummary({ command, outcomes, facts, words }: SummaryMaterial): string {
  const line = sumParts(outcomes, facts, words).join(" · ");
  const mark = { fine: "✅", idle: "⚠️", failed: "❌" }[verdictOf(outcomes)];
  // What failed must not drown among what went well.
  const rows = outcomes.toSorted((one, other) => urgency(one) - urgency(other));
  const left = rows.length - MOST_ROWS;
  return [
    `### ${mark} slipway ${command}`,
    "",
    line,
    "",
    ...(rows.length > 0 ? tableOf(rows.slice(0, MOST_ROWS), words) : []),
    ...(left > 0 ? ["", words.text("list.more", { count: left })] : []),
    ...failureGroups(outcomes).flatMap(({ error }) => {
      const { message, hint } = words.error(error);
      return ["", `> [!CAUTION]`, `> ${verbatim(message)}`, `>`, `> ${verbatim(hint)}`];
    }),
    ...allowanceLines(facts, words).flatMap((allowance) => ["", allowance]),
    "",
    "",
  ].join("\n");
}

function urgency(outcome: Outcome): number {
  return ["failed", "copied", "removed", "skipped"].indexOf(outcome.status);
}

function tableOf(outcomes: readonly Outcome[], words: Words): readonly string[] {
  const head = (["table.source", "table.destination", "table.result", "table.digest"] as const).map((key) =>
    words.text(key),
  );
  return [
    `| ${head.join(" | ")} |`,
    "|---|---|---|---|",
    ...outcomes.map((outcome) => {
      const result =
        outcome.status === "skipped" ? (`skip.${outcome.reason}` as const) : (`result.${outcome.status}` as const);
      const adapted = adaptedText(outcome, words);
      const told = [words.text(result), ...(adapted === undefined ? [] : [adapted])].join(words.text("list.comma"));
      const digest = outcome.digest === undefined ? "" : `\`${outcome.digest}\``;
      return `| ${verbatim(outcome.source)} | ${verbatim(outcome.destination)} | ${told} | ${digest} |`;
    }),
  ];
}

/** Text from elsewhere as text: neither Markdown nor HTML of its own. */
export function verbatim(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]|#~]/g, (sign) => `\\${sign}`)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
