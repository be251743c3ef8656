import { Cron } from "croner";
import type { Schedule } from "../../config/schedule.ts";
import type { Instant } from "../../store/records.ts";

const LOOKED_AT = 10;
const known = new WeakMap<Schedule, number | undefined>();

/**
 * Milliseconds from one beginning of a schedule to the next; of a cron, the longest of its next ten, so that `0 9 * * 1-5`
 * does not count as silent on Mondays. Undefined: it begins at most once more. Found once for each schedule.
 */
export function intervalOf(schedule: Schedule, now: Instant): number | undefined {
  if (schedule.kind === "every") return schedule.every;
  if (!known.has(schedule)) known.set(schedule, longestGap(schedule, now));
  return known.get(schedule);
}

function longestGap({ cron, timeZone }: Extract<Schedule, { kind: "cron" }>, now: Instant): number | undefined {
  const times = new Cron(cron, { timezone: timeZone, paused: true })
    .nextRuns(LOOKED_AT, new Date(now))
    .map((time) => time.getTime());
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.length === 0 ? undefined : Math.max(...gaps);
}
