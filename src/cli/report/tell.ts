import type { Difference } from "../../copy/difference.ts";
import type { Outcome } from "../../copy/outcome.ts";
import type { Plan } from "../../copy/plan.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { failureLines } from "../output/failure.ts";
import { noticeLine } from "../progress/describe.ts";
import { verdictOf } from "../result.ts";
import type { Session } from "../session.ts";
import { reportOf, reportText, writeReport } from "./report.ts";
import { writeStepSummary } from "./step-summary.ts";
import { allowanceLines, failureSummary, sumLine } from "./summary.ts";

/** What a run came to. */
export interface Ended {
  readonly outcomes: readonly Outcome[];
  /** What ended it as a whole. */
  readonly stops: readonly SlipwayError[];
  /** Of a dry run. */
  readonly plan?: Plan;
  /** Of a check. */
  readonly differences?: readonly Difference[];
}

/** The summary for people, the report for programs, the page for GitHub. */
export async function tellEnded(context: Context, session: Session, ended: Ended): Promise<void> {
  const { outcomes, stops, plan, differences } = ended;
  const { command, globals, environment, words, paint, out, err } = context;
  const facts = session.facts();
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  const isDone = plan === undefined && differences === undefined;
  const sum = isDone ? [sumLine(outcomes, facts, style)] : [];
  const idle = verdictOf(outcomes) === "idle" ? [noticeLine("warn", words.text("notice.idle"), style)] : [];
  const allowances = allowanceLines(facts, words).map((line) => noticeLine("info", line, style));
  const lines = [...failureSummary(outcomes, style), ...failureLines(stops, style), ...idle, ...allowances, ...sum];
  for (const line of lines) err.write(`${line}\n`);
  const report = reportOf(command, { ...ended, facts }, words);
  if (globals.json) out.write(reportText(report));
  if (globals.report !== undefined) await writeReport(globals.report, report);
  if (isDone) {
    await writeStepSummary(environment, { command, outcomes, facts, words });
  }
}
