import { isDeepStrictEqual } from "node:util";
import type { Schedule } from "../../config/schedule.ts";
import type { Instant, MirrorRecord } from "../../store/records.ts";
import type { Clock } from "./clock.ts";
import { delayOf } from "./jitter.ts";
import { lastTick, nextTick } from "./ticks.ts";

/** When one mirror is to be run. */
export interface Timed {
  readonly schedule: Schedule;
  /** Milliseconds that it begins later, at most. */
  readonly jitter: number;
}

/** A run that is to begin. */
export interface Due {
  readonly mirror: string;
  readonly tick: Instant;
  /** `catch-up`: more than one tick went by, or nobody was there at this one. */
  readonly trigger: "schedule" | "catch-up";
}

interface Entry {
  readonly timed: Timed;
  readonly delay: number;
  /** The tick that comes next, or that was missed. */
  tick: Instant;
  /** When it is seen to; later than the tick by the jitter, or where it could not be begun. Infinity: it is begun just now. */
  due: Instant;
  isMissed: boolean;
}

/**
 * Longest sleep, milliseconds: timers stand still while a machine is suspended, know nothing of a clock that was set, and
 * take no more than 2^31.
 */
const LONGEST_SLEEP = 15_000;
/** A clock that goes back by less is a clock that is being corrected. */
const STEP_BACK = 1_000;
const RETRY = 5_000;
/** Of those that should have begun already, each has so many milliseconds for itself. */
const APART = 60;

/**
 * Begins the runs of all mirrors by one timer. However many ticks of a mirror went by (nobody was there, the machine
 * slept, the clock was set), it is run once for the last of them. The clock may go back: ticks come again then, and
 * whoever begins runs knows by their instants those that were seen to.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #begin: (due: Due) => Promise<void>;
  readonly #entries = new Map<string, Entry>();
  #cancel: (() => void) | undefined;
  #lastLook: Instant;
  #isStopped = false;

  /** @param begin where it rejects, it is called again some seconds later, then for the last tick until then */
  constructor(clock: Clock, begin: (due: Due) => Promise<void>) {
    this.#clock = clock;
    this.#begin = begin;
    this.#lastLook = clock.now();
  }

  /**
   * The mirrors from now on. Those whose schedule is as before go on; one that is new begins at its last tick, which is
   * at once, unless it is known to have been seen to.
   * @param known what was recorded of mirrors before
   */
  set(mirrors: ReadonlyMap<string, Timed>, known: readonly MirrorRecord[] = []): void {
    const records = new Map(known.map((record) => [record.mirror, record]));
    for (const name of this.#entries.keys()) if (!mirrors.has(name)) this.#entries.delete(name);
    const now = this.#clock.now();
    const late: [string, Entry][] = [];
    for (const [name, timed] of mirrors) {
      const before = this.#entries.get(name);
      if (before !== undefined && isDeepStrictEqual(before.timed, timed)) continue;
      this.#entries.delete(name);
      const delay = delayOf(name, timed.jitter);
      const missed = before === undefined ? missedTick(records.get(name), timed.schedule, now, delay) : undefined;
      const tick = missed?.tick ?? nextTick(timed.schedule, now - delay);
      if (tick === undefined) continue;
      const entry: Entry = { timed, delay, tick, due: tick + delay, isMissed: missed?.isMissed ?? false };
      this.#entries.set(name, entry);
      if (missed !== undefined) late.push([name, entry]);
    }
    // one begins at once, and many one after the other
    for (const [name, entry] of late) {
      entry.due = now + delayOf(name, Math.min(entry.timed.jitter, late.length * APART));
    }
    this.#sleep();
  }

  /** When the next run of a mirror begins by its schedule. */
  nextAt(mirror: string): Instant | undefined {
    const entry = this.#entries.get(mirror);
    if (entry === undefined || entry.due < Number.POSITIVE_INFINITY) return entry?.due;
    const next = nextTick(entry.timed.schedule, entry.tick);
    return next === undefined ? undefined : next + entry.delay;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #sleep(): void {
    this.#cancel?.();
    if (this.#isStopped) return;
    const now = this.#clock.now();
    let sleep = LONGEST_SLEEP;
    for (const { due } of this.#entries.values()) sleep = Math.min(sleep, due - now);
    this.#cancel = this.#clock.after(Math.max(0, sleep), () => this.#wake());
  }

  #wake(): void {
    const now = this.#clock.now();
    if (now < this.#lastLook - STEP_BACK) this.#turnBack(now);
    this.#lastLook = now;
    for (const [mirror, entry] of this.#entries) if (entry.due <= now) void this.#run(mirror, entry);
    this.#sleep();
  }

  /** The clock was set back: what was to come then comes sooner. */
  #turnBack(now: Instant): void {
    for (const entry of this.#entries.values()) {
      const next = nextTick(entry.timed.schedule, now - entry.delay);
      if (entry.due < Number.POSITIVE_INFINITY && next !== undefined && next < entry.tick)
        plan(entry, now - entry.delay);
    }
  }

  async #run(mirror: string, entry: Entry): Promise<void> {
    const { tick: waiting, timed, delay } = entry;
    const tick = Math.max(waiting, lastTick(timed.schedule, this.#clock.now() - delay) ?? waiting);
    entry.due = Number.POSITIVE_INFINITY;
    try {
      await this.#begin({ mirror, tick, trigger: entry.isMissed || tick > waiting ? "catch-up" : "schedule" });
      entry.isMissed = false;
      if (!plan(entry, tick) && this.#entries.get(mirror) === entry) this.#entries.delete(mirror);
    } catch {
      entry.due = this.#clock.now() + RETRY;
    }
    this.#sleep();
  }
}

/** The tick that a mirror should have been run for before it was known here. */
function missedTick(record: MirrorRecord | undefined, schedule: Schedule, now: Instant, delay: number) {
  const seenTo = record?.lastTick ?? record?.lastStartedAt;
  const tick = lastTick(schedule, seenTo === undefined ? now : now - delay);
  if (tick === undefined || (seenTo !== undefined && tick <= seenTo)) return undefined;
  return { tick, isMissed: seenTo !== undefined };
}

/** Sets the next tick after an instant. False: there is none. */
function plan(entry: Entry, after: Instant): boolean {
  const tick = nextTick(entry.timed.schedule, after);
  if (tick === undefined) return false;
  entry.tick = tick;
  entry.due = tick + entry.delay;
  return true;
}
