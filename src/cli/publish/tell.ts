import { appendFile } from "node:fs/promises";
import { type Remark, remarkText } from "../../release/remark.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { failureLines } from "../output/failure.ts";
import { writeText } from "../output/file.ts";
import { formatBytes, formatSeconds } from "../output/units.ts";
import { printable } from "../output/width.ts";
import { totalsOf } from "../report/report.ts";
import type { Session } from "../session.ts";
import { type PublishMaterial, publishReport } from "./report.ts";
import { publishSummary } from "./step-summary.ts";

/** What there is to tell besides what the session knows. */
export interface Told extends Omit<PublishMaterial, "facts"> {
  /** What there is to say when all went well. */
  readonly said?: Remark;
  readonly also?: readonly Remark[];
  /** Says it to those who did not watch. */
  readonly notify?: () => Promise<void>;
}

/** The summary for people, the report for programs, the page for GitHub. */
export async function tellPublished(context: Context, session: Session, told: Told): Promise<void> {
  const { command, globals, environment, words, out, err, notified } = context;
  const material: PublishMaterial = { ...told, facts: session.facts() };
  for (const line of endLines(context, material, told)) err.write(`${line}\n`);
  const report = () => `${JSON.stringify(publishReport(command, { ...material, notified }, words), undefined, 2)}\n`;
  if (globals.report !== undefined) await writeText(globals.report, report());
  const summary = environment.GITHUB_STEP_SUMMARY ?? "";
  if (summary !== "") await appendFile(summary, publishSummary(command, material, words));
  // A receiver may take its time, and the run be killed meanwhile: what was to be written is written by now.
  await told.notify?.();
  if (globals.report !== undefined && notified.length > 0) await writeText(globals.report, report());
  if (globals.json) out.write(report());
}

/** A registry that does not answer says so at each step. */
function distinct(errors: readonly SlipwayError[]): readonly SlipwayError[] {
  return [...new Map(errors.map((error) => [`${error.side} ${error.message}`, error])).values()];
}

function endLines(context: Context, material: PublishMaterial, { said, also = [] }: Told): readonly string[] {
  const { words, paint, globals } = context;
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  const say = (one: Remark) => printable(remarkText(one, words.language));
  const { stops, steps, left, next, outcomes, facts } = material;
  const failed = steps.flatMap((step) => (step.status === "failed" ? [step.error] : []));
  // What stopped the run says what it came to; the reasons come before it.
  const reasons = distinct(failed).filter((error) => !stops.includes(error));
  const { bytesWritten } = totalsOf(outcomes, facts);
  const cost = [
    ...(bytesWritten > 0 ? [words.text("bytes.sent", { bytes: formatBytes(bytesWritten) })] : []),
    formatSeconds(facts.seconds),
  ];
  const isPartly = failed.length > 0;
  const mark = isPartly ? paint.err("yellow", "!") : paint.err("green", "✓");
  const end = said === undefined ? [] : [`${mark} ${[say(said), ...cost].join(paint.err("dim", " · "))}`];
  return [
    ...failureLines([...reasons, ...stops], style),
    ...(left.length > 0 ? ["", words.text("publish.left"), ...left.map((one) => `  ${say(one)}`)] : []),
    ...also.map(say),
    ...end,
    ...(next === undefined ? [] : ["", paint.err("bold", words.text("publish.go-on", { command: next }))]),
  ];
}
