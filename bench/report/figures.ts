import type { Result } from "../measure/rounds.ts";
import { median } from "../measure/statistics.ts";

export type Measure = "wall s" | "CPU s" | "peak MiB" | "source ×" | "requests";

/** What a tool needed, by round: what was counted once has one value. */
export interface Figures {
  readonly name: string;
  readonly values: Readonly<Record<Measure, readonly number[]>>;
}

const MiB = 1024 * 1024;

export function figuresOf({ tool, rounds, counts }: Result): Figures {
  const { timesRead, sourceRequests, destinationRequests } = counts;
  return {
    name: tool.name,
    values: {
      "wall s": rounds.map(({ seconds }) => seconds),
      "CPU s": rounds.map(({ cpuSeconds }) => cpuSeconds),
      "peak MiB": rounds.map(({ peakBytes }) => peakBytes / MiB),
      "source ×": timesRead === undefined ? [] : [timesRead],
      requests:
        sourceRequests === undefined || destinationRequests === undefined ? [] : [sourceRequests + destinationRequests],
    },
  };
}

/** The median; nothing where nothing was measured. */
export function middleOf({ values }: Figures, measure: Measure): number | undefined {
  return median(values[measure]);
}
