import type { PointShape } from "../../../src/daemon/api/shapes.ts";

/** What the runs that ended on one day came to. */
export interface Day {
  /** Its first run's end, milliseconds since 1970. */
  readonly at: number;
  readonly runs: number;
  readonly failed: number;
  readonly bytesWritten: number;
  /** The greatest, milliseconds. */
  readonly lag?: number;
}

/** Days of the reader's time zone, the latest first. @param points the earliest first */
export function byDay(points: readonly PointShape[]): readonly Day[] {
  const dayOf = ({ endedAt }: PointShape) => new Date(endedAt).toDateString();
  return [...Map.groupBy(points, dayOf).values()]
    .map((of): Day => {
      const lags = of.flatMap(({ lag }) => (lag === undefined ? [] : [lag]));
      return {
        at: of[0]?.endedAt ?? 0,
        runs: of.length,
        failed: of.filter(({ state }) => state === "failed" || state === "partial").length,
        bytesWritten: of.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
        ...(lags.length > 0 && { lag: lags.reduce((most, lag) => Math.max(most, lag)) }),
      };
    })
    .reverse();
}
