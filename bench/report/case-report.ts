import type { Result } from "../measure/rounds.ts";
import { pairedRatio } from "../measure/statistics.ts";
import { type Bar, judge, lineOf } from "./bars.ts";
import { type Figures, figuresOf, type Measure, middleOf } from "./figures.ts";
import { table } from "./table.ts";

/** The columns behind the tool's name; those with a ratio are followed by Slipway's figure to the tool's. */
const COLUMNS: readonly { readonly measure: Measure; readonly digits: number; readonly ratio?: true }[] = [
  { measure: "wall s", digits: 2, ratio: true },
  { measure: "CPU s", digits: 2, ratio: true },
  { measure: "peak MiB", digits: 0 },
  { measure: "source ×", digits: 2 },
  { measure: "sent ×", digits: 2 },
  { measure: "paused s", digits: 0 },
  { measure: "early", digits: 0 },
  { measure: "asked source", digits: 0 },
  { measure: "asked destinations", digits: 0 },
];
const NOTHING = "–";
/** Of each end of what a tool said. */
const KEPT = 150;

/**
 * A table of what each tool needed, then the bars. The ratios are Slipway's to the tool's; `source ×` is what was read from
 * the source to what there is to copy, `sent ×` what was sent to destinations to that. What nobody has is left out.
 * @param results Slipway's first, then those that it is compared with
 */
export function caseReport(results: readonly Result[], bars: readonly Bar[]): string {
  const all = results.map(figuresOf);
  const [ours, ...others] = all;
  if (ours === undefined) return "nothing was measured";
  const shown = COLUMNS.filter(
    ({ measure }) => measure === "wall s" || all.some((figures) => middleOf(figures, measure) !== undefined),
  );
  const head = shown.flatMap(({ measure, ratio }) => (ratio ? [measure, "ratio"] : [measure]));
  const rows = results.map(({ name, rounds, problem }, at) => {
    const figures = all[at] ?? ours;
    const cells = shown.flatMap((column) => cellsOf(column, figures, ours));
    if (problem !== undefined) cells[0] = problem.short;
    return [name, String(rounds.length), ...cells];
  });
  const problems = results.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`- ${name} ${oneLine(problem.text)}`],
  );
  const judged = bars.map((bar) => lineOf(judge(bar, ours, others)));
  return [table(["tool", "rounds", ...head], rows), "", ...problems, ...judged].join("\n");
}

function cellsOf({ measure, digits, ratio }: (typeof COLUMNS)[number], figures: Figures, ours: Figures): string[] {
  const middle = number(middleOf(figures, measure), digits);
  if (!ratio) return [middle];
  const isOurs = figures === ours;
  return [middle, number(isOurs ? undefined : pairedRatio(ours.values[measure], figures.values[measure]), 2)];
}

/** What a tool said last is what it ended with. */
function oneLine(text: string): string {
  const joined = text.replaceAll(/\s+/g, " ");
  return joined.length <= 2 * KEPT ? joined : `${joined.slice(0, KEPT)} … ${joined.slice(-KEPT)}`;
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? NOTHING : value.toFixed(digits);
}
