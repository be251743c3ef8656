import type { Schedule } from "../../config/schedule.ts";
import { intervalOf as measured } from "../../config/schedule-interval.ts";
import type { Instant } from "../../store/records.ts";

const known = new WeakMap<Schedule, number | undefined>();

/** Milliseconds from one beginning of a schedule to the next, at most; found once for each schedule. */
export function intervalOf(schedule: Schedule, now: Instant): number | undefined {
  if (!known.has(schedule)) known.set(schedule, measured(schedule, new Date(now)));
  return known.get(schedule);
}
