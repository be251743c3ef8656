import type { Result } from "../measure/rounds.ts";
import { median } from "../measure/statistics.ts";

/** `active s` is the wall time less the pauses that registries asked for, `early` the requests that came in one. */
export type Measure =
  | "wall s"
  | "active s"
  | "CPU s"
  | "peak MiB"
  | "source ×"
  | "sent ×"
  | "paused s"
  | "early"
  | "asked source"
  | "asked destinations"
  | "requests";

/** What a tool needed, by round: what was counted once has one value. */
export interface Figures {
  readonly name: string;
  readonly values: Readonly<Record<Measure, readonly number[]>>;
}

const MiB = 1024 * 1024;

export function figuresOf({ name, rounds, counts }: Result): Figures {
  const each = (value: (run: (typeof rounds)[number]) => number | undefined) =>
    rounds.flatMap((run) => value(run) ?? []);
  const counted = (key: keyof typeof counts) => {
    const once = counts[key];
    return once === undefined ? each((run) => run[key]) : [once];
  };
  const [asked, sent] = [counted("sourceRequests"), counted("destinationRequests")];
  return {
    name,
    values: {
      "wall s": each(({ seconds }) => seconds),
      "active s": each(({ seconds, pausedSeconds = 0 }) => seconds - pausedSeconds),
      "CPU s": each(({ cpuSeconds }) => cpuSeconds),
      "peak MiB": each(({ peakBytes }) => peakBytes / MiB),
      "source ×": counted("timesRead"),
      "sent ×": counted("timesSent"),
      "paused s": counted("pausedSeconds"),
      early: counted("early"),
      "asked source": asked,
      "asked destinations": sent,
      requests: asked.flatMap((value, at) => (sent[at] === undefined ? [] : [value + sent[at]])),
    },
  };
}

/** The median; nothing where nothing was measured. */
export function middleOf({ values }: Figures, measure: Measure): number | undefined {
  return median(values[measure]);
}
