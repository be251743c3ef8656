import { Cron } from "croner";
import type { Schedule } from "./schedule.ts";

const LOOKED_AT = 50;

/**
 * Milliseconds from one beginning of a schedule to the next; of a cron, the longest of its next fifty, so that `0 9 * * 1-5`
 * is three days. Undefined: it begins at most once more.
 */
export function intervalOf(schedule: Schedule, now: Date): number | undefined {
  if (schedule.kind === "every") return schedule.every;
  const cron = new Cron(schedule.cron, { timezone: schedule.timeZone, paused: true });
  const times = cron.nextRuns(LOOKED_AT, now).map((time) => time.getTime());
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.length === 0 ? undefined : Math.max(...gaps);
}
