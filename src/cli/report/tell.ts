import type { Difference } from "../../copy/difference.ts";
import type { Outcome } from "../../copy/outcome.ts";
import type { Plan } from "../../copy/plan.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { failureLines } from "../output/failure.ts";
import { noticeLine } from "../progress/describe.ts";
import { verdictOf } from "../result.ts";
import type { Session } from "../session.ts";
import { type RunFacts, reportOf, reportText, writeReport } from "./report.ts";
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
  /** Says it to those who did not watch. */
  readonly notify?: (facts: RunFacts) => Promise<void>;
}

/** The summary for people, the report for programs, the page for GitHub. */
export async function tellEnded(context: Context, session: Session, ended: Ended): Promise<void> {
  const { outcomes, stops, plan, differences, notify } = ended;
  const { command, globals, environment, words, paint, out, err, notified } = context;
  const facts = session.facts();
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  const isDone = plan === undefined && differences === undefined;
  const sum = isDone ? [sumLine(outcomes, facts, style)] : [];
  const idle = verdictOf(outcomes) === "idle" ? [noticeLine("warn", words.text("notice.idle"), style)] : [];
  const allowances = allowanceLines(facts, words).map((line) => noticeLine("info", line, style));
  const lines = [...failureSummary(outcomes, style), ...failureLines(stops, style), ...idle, ...allowances, ...sum];
  for (const line of lines) err.write(`${line}\n`);
  const report = () => reportOf(command, { ...ended, facts, notified }, words);
  if (globals.report !== undefined) await writeReport(globals.report, report());
  if (isDone) {
    await writeStepSummary(environment, { command, outcomes, facts, words });
  }
  // A receiver may take its time, and the run be killed meanwhile: what was to be written is written by now.
  await notify?.(facts);
  if (globals.report !== undefined && notified.length > 0) await writeReport(globals.report, report());
  if (globals.json) out.write(reportText(report()));
}
