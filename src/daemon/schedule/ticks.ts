import { Cron } from "croner";
import type { Schedule } from "../../config/schedule.ts";
import type { Instant } from "../../store/records.ts";

/**
 * The first tick after an instant. Ticks of `every` are the multiples of the interval since 1970, so that all replicas
 * have the same ones, before and after a restart. Undefined: there is none any more.
 */
export function nextTick(schedule: Schedule, after: Instant): Instant | undefined {
  if (schedule.kind === "every") return (Math.floor(after / schedule.every) + 1) * schedule.every;
  return cronOf(schedule).nextRun(new Date(after))?.getTime();
}

/** The last tick before an instant, or at it. Undefined: there was none. */
export function lastTick(schedule: Schedule, at: Instant): Instant | undefined {
  if (schedule.kind === "every") return Math.floor(at / schedule.every) * schedule.every;
  // ticks are at whole seconds, and croner gives those before its reference alone
  const [last] = cronOf(schedule).previousRuns(1, new Date(Math.floor(at / 1000) * 1000 + 1));
  return last?.getTime();
}

/**
 * A time of day that a change of clocks leaves out comes right after the gap, and one that it brings twice counts once;
 * what comes every hour or minute goes on through both, as cron does it.
 * https://croner.56k.guru/usage/configuration/
 */
function cronOf({ cron, timeZone }: Extract<Schedule, { kind: "cron" }>): Cron {
  return new Cron(cron, { timezone: timeZone, fixedTimeRule: "no-wildcard", paused: true });
}
