import { remarkText } from "../../release/remark.ts";
import type { StepEvent, StepName, StepOutcome } from "../../release/step.ts";
import type { Words } from "../../words/words.ts";
import type { LogLevel } from "../globals.ts";
import type { Paint } from "../output/color.ts";
import { formatBytes } from "../output/units.ts";
import { displayWidth, padEnd, printable } from "../output/width.ts";

/** How steps are said. */
export interface StepStyle {
  readonly words: Words;
  readonly paint: Paint;
  readonly errors: "code" | "message";
}

/** What a step is called, for people. */
export function stepName(step: StepName, words: Words): string {
  return words.text(`step.${step}`);
}

/** The line for an event that is said when it happens; undefined for what only moves a display. */
export function stepLine(event: StepEvent, style: StepStyle): { level: LogLevel; line: string } | undefined {
  if (event.kind === "builder") return { level: "info", line: style.paint("dim", `  │ ${printable(event.line)}`) };
  if (event.kind === "notice") {
    const text = printable(remarkText(event.remark, style.words.language));
    return { level: "warn", line: `${style.paint("yellow", "!")} ${text}` };
  }
  if (event.kind !== "step-ended") return undefined;
  const { outcome } = event;
  // Each image that was pushed has had its line already.
  if (outcome.step === "push" && outcome.subject !== undefined && outcome.status !== "failed") return undefined;
  return { level: levelOf(outcome), line: outcomeLine(outcome, style) };
}

function levelOf(outcome: StepOutcome): LogLevel {
  if (outcome.status !== "failed") return "info";
  return outcome.tolerated ? "warn" : "error";
}

/** One line for what became of a step: `✓ build  sha256:0123…, linux/amd64`. */
export function outcomeLine(outcome: StepOutcome, style: StepStyle): string {
  const { words, paint, errors } = style;
  const name = padEnd(nameOf(outcome, words), widthOfNames(words));
  if (outcome.status === "failed") {
    const mark = outcome.tolerated ? paint("yellow", "!") : paint("red", "✗");
    const text = errors === "code" ? outcome.error.code : printable(words.error(outcome.error).message);
    return `${mark} ${name}  ${text}`;
  }
  const mark = outcome.status === "done" ? paint("green", "✓") : paint("dim", "=");
  return `${mark} ${name}  ${printable(withShortDigests(remarkText(outcome.remark, words.language)))}`;
}

/** Twelve digits tell digests apart for people; the end of a run, and the report, have them in full. */
function withShortDigests(text: string): string {
  return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}\b/g, "$1");
}

function nameOf({ step, subject, status }: StepOutcome, words: Words): string {
  // What went well names its subject itself.
  return subject === undefined || status !== "failed"
    ? stepName(step, words)
    : `${stepName(step, words)} ${printable(subject)}`;
}

function widthOfNames(words: Words): number {
  const steps: readonly StepName[] = ["preflight", "download", "floating-tags"];
  return Math.max(...steps.map((step) => displayWidth(stepName(step, words))));
}

/** The line for what goes on now; `before` stays where the event says nothing of it. */
export function activityLine(
  event: StepEvent,
  { words, paint }: StepStyle,
  before: string | undefined,
): string | undefined {
  const line = (text: string) => `${paint("cyan", "▸")} ${text}`;
  switch (event.kind) {
    case "step-begun":
      return line(
        event.subject === undefined ? stepName(event.step, words) : `${stepName(event.step, words)} ${event.subject}`,
      );
    case "step-ended":
      return undefined;
    case "notice":
      return before;
    case "builder":
      return line(`${stepName("build", words)}  ${printable(event.line)}`);
    case "bytes": {
      const all = event.size === undefined ? "" : `/${formatBytes(event.size)}`;
      return before === undefined ? before : line(`${printable(event.subject)}  ${formatBytes(event.moved)}${all}`);
    }
  }
}
