import type { Words } from "../words/words.ts";
import type { RunReport } from "./run-report.ts";

/** A line that GitHub shows on the page of a run. */
export interface Annotation {
  readonly level: "error" | "warning";
  readonly title: string;
  readonly message: string;
}

/** GitHub shows no more of one step. https://docs.github.com/en/actions/reference/limits */
const MOST = 10;

/**
 * What a report has to tell, the most telling first: what stopped the run, what failed, what failed and was not needed.
 * Each thing is said once. Where there is more than GitHub shows, the last one counts the rest. Of a failure that
 * no report tells of, of a misspelt option say, the log tells more.
 * @param exit the command's exit code
 */
export function annotationsOf(report: RunReport | undefined, exit: number, words: Words): readonly Annotation[] {
  const all = report === undefined ? [] : toldBy(report);
  if (report === undefined || (all.length === 0 && exit !== 0)) {
    return exit === 0
      ? []
      : [{ level: "error", title: "slipway", message: words.text("action.ended", { code: exit }) }];
  }
  if (all.length <= MOST) return all;
  const shown = all.slice(0, MOST - 1);
  const rest = all.slice(MOST - 1);
  const level = rest.some((one) => one.level === "error") ? "error" : "warning";
  const message = words.text("action.more", { count: rest.length });
  return [...shown, { level, title: titleOf(report), message }];
}

function toldBy(report: RunReport): readonly Annotation[] {
  return varied(distinct([...stops(report), ...failures(report), ...findings(report), ...tolerated(report)]));
}

/** With the kind of thing that happened, by which repetitions are known. */
interface Finding extends Annotation {
  readonly kind: string;
}

function stops(report: RunReport): readonly Finding[] {
  return report.errors.map((error) => told("error", titleOf(report), error));
}

function failures(report: RunReport): readonly Finding[] {
  const steps = report.steps.flatMap(({ step, subject = step, error, tolerated: isTolerated }) =>
    error === undefined || isTolerated ? [] : [told("error", titleOf(report, subject), error)],
  );
  // Where there are steps, they tell of the pushes, and whether they were needed.
  const outcomes = report.steps.length > 0 ? [] : report.outcomes;
  const images = outcomes.flatMap(({ destination, error }) =>
    error === undefined ? [] : [told("error", titleOf(report, destination), error)],
  );
  return [...steps, ...images];
}

function tolerated(report: RunReport): readonly Finding[] {
  return report.steps.flatMap(({ step, subject = step, error, tolerated: isTolerated }) =>
    error !== undefined && isTolerated ? [told("warning", titleOf(report, subject), error)] : [],
  );
}

/** What a look has found: `verify`, `sync --check`. */
function findings(report: RunReport): readonly Finding[] {
  const problems = report.problems.map(({ where, text, repair }) => ({
    level: "error" as const,
    kind: where,
    title: titleOf(report, where),
    message: [text, ...(repair === undefined ? [] : [repair])].join("\n"),
  }));
  const differences = report.differences.map(({ kind, source, destination }) => ({
    level: "warning" as const,
    kind,
    title: titleOf(report, destination),
    message: source === undefined ? kind : `${kind}: ${source} → ${destination}`,
  }));
  return [...problems, ...differences];
}

function told(
  level: Annotation["level"],
  title: string,
  { code, message, hint }: { readonly code: string; readonly message: string; readonly hint: string },
): Finding {
  return { level, kind: code, title, message: `${message}\n${hint}` };
}

function titleOf({ command }: RunReport, subject?: string): string {
  return subject === undefined ? `slipway ${command}` : `slipway ${command}: ${subject}`;
}

function distinct(all: readonly Finding[]): readonly Finding[] {
  const messages = new Map<string, Finding>();
  for (const one of all) if (!messages.has(one.message)) messages.set(one.message, one);
  return [...messages.values()];
}

/** The first of each kind before all that only repeat one: a thousand images that fail alike must not hide another cause. */
function varied(all: readonly Finding[]): readonly Annotation[] {
  const seen = new Set<string>();
  const errors = all.filter(({ level }) => level === "error");
  const isFirst = errors.map(({ kind }) => !seen.has(kind) && seen.add(kind) !== undefined);
  const ordered = [
    ...errors.filter((_, at) => isFirst[at]),
    ...errors.filter((_, at) => !isFirst[at]),
    ...all.filter(({ level }) => level === "warning"),
  ];
  return ordered.map(({ level, title, message }) => ({ level, title, message }));
}

/**
 * An annotation as the runner reads it from a line of output. Nothing of it can end the line, or begin another command.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function annotationLine({ level, title, message }: Annotation): string {
  return `::${level} title=${escaped(title).replaceAll(":", "%3A").replaceAll(",", "%2C")}::${escaped(message)}`;
}

/** https://github.com/actions/toolkit/blob/%40actions/core%401.11.1/packages/core/src/command.ts */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
