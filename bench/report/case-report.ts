import type { Result } from "../measure/rounds.ts";
import { pairedRatio } from "../measure/statistics.ts";
import { type Bar, judge, lineOf } from "./bars.ts";
import { type Figures, figuresOf, type Measure, middleOf } from "./figures.ts";
import { table } from "./table.ts";

const HEAD = [
  "tool",
  "rounds",
  "wall s",
  "ratio",
  "CPU s",
  "ratio",
  "peak MiB",
  "source ×",
  "asked source",
  "asked destinations",
];
const NOTHING = "–";

/**
 * A table of what each tool needed, then the bars. The ratios are Slipway's to the tool's; `source ×` is what was read from
 * the source to what there is to copy.
 * @param results Slipway's first, then one for each peer that can do the case
 */
export function caseReport(results: readonly Result[], bars: readonly Bar[]): string {
  const all = results.map(figuresOf);
  const [ours, ...peers] = all;
  if (ours === undefined) return "nothing was measured";
  const rows = results.map((result, at) => rowOf(result, all[at] ?? ours, ours));
  const problems = results.flatMap(({ tool, problem }) =>
    problem === undefined ? [] : [`- ${tool.name} ${problem.text}`],
  );
  const judged = bars.map((bar) => lineOf(judge(bar, ours, peers)));
  return [table(HEAD, rows), "", ...problems, ...judged].join("\n");
}

function rowOf({ tool, rounds, problem, counts }: Result, figures: Figures, ours: Figures): readonly string[] {
  const ratio = (measure: Measure) =>
    figures === ours ? undefined : pairedRatio(ours.values[measure], figures.values[measure]);
  return [
    tool.name,
    String(rounds.length),
    problem?.short ?? number(middleOf(figures, "wall s"), 2),
    number(ratio("wall s"), 2),
    number(middleOf(figures, "CPU s"), 2),
    number(ratio("CPU s"), 2),
    number(middleOf(figures, "peak MiB"), 0),
    number(middleOf(figures, "source ×"), 2),
    number(counts.sourceRequests, 0),
    number(counts.destinationRequests, 0),
  ];
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? NOTHING : value.toFixed(digits);
}
