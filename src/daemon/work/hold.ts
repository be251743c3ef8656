import type { Instant, Lease } from "../../store/records.ts";
import type { Jobs } from "../../store/store.ts";
import { asFailure, failure, type SlipwayError } from "../../words/error.ts";
import type { Journal } from "./journal.ts";
import { steadyNow } from "./steady-clock.ts";

/** How long a job is lent, and how it is kept. Milliseconds. */
export interface LeaseTimes {
  readonly lease: number;
  readonly renewal: number;
  /** So long before its end nothing is written any more: what was sent has to arrive. */
  readonly margin: number;
}

export const LEASE_TIMES: LeaseTimes = { lease: 20_000, renewal: 5_000, margin: 2_000 };

const RETRY = 1_000;

export interface HoldMeans {
  readonly jobs: Pick<Jobs, "renew">;
  readonly journal: Pick<Journal, "counts" | "lines" | "kept">;
  readonly now: () => Instant;
  readonly times: LeaseTimes;
  /** The store could not be asked; it is tried again. */
  readonly warn: (error: SlipwayError) => void;
  readonly steady?: () => number;
}

/**
 * A job in our hands: kept by renewing its lease, and let go of the moment that it is not ours any more. Whoever writes
 * asks {@link Hold.check} right before: a process that was stopped past its lease and goes on writes nothing.
 */
export class Hold {
  readonly lease: Lease;
  readonly #means: HoldMeans;
  readonly #steady: () => number;
  readonly #stop = new AbortController();
  #writableUntil: number;
  #waiting = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;
  #isEnded = false;

  /** @param since by the steady clock, before the job was asked for */
  constructor(lease: Lease, since: number, means: HoldMeans) {
    this.lease = lease;
    this.#means = means;
    this.#steady = means.steady ?? steadyNow;
    this.#writableUntil = since + means.times.lease - means.times.margin;
    this.#plan(means.times.renewal);
  }

  /** Aborted when the job is not to be gone on with, whatever the reason: see its code. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether the job is known to be in other hands. */
  get isLost(): boolean {
    return this.signal.aborted && asFailure(this.signal.reason).code === "LEASE_LOST";
  }

  /** Stops the work. Only the first reason counts. */
  abort(reason: SlipwayError): void {
    this.#stop.abort(reason);
    this.#waiting.resolve();
  }

  /** Whether a failure only says that the work was stopped. */
  isStop(error: SlipwayError): boolean {
    return this.signal.aborted && error.code === asFailure(this.signal.reason).code;
  }

  /** @throws LEASE_EXPIRED, or why the job was stopped before */
  readonly check = (): void => {
    this.signal.throwIfAborted();
    if (this.#steady() <= this.#writableUntil) return;
    this.abort(failure("LEASE_EXPIRED", { run: this.lease.run.id }));
    this.signal.throwIfAborted();
  };

  /** Resolves when there is time to write: while the store cannot be reached, that is when it is back. @throws why the job was stopped */
  async writable(): Promise<void> {
    while (!this.signal.aborted && this.#steady() > this.#writableUntil) await this.#waiting.promise;
    this.signal.throwIfAborted();
  }

  /** Renews no more. Resolves when no renewal is under way. */
  async end(): Promise<void> {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    await this.#renewing;
  }

  #plan(milliseconds: number): void {
    if (this.#isEnded) return;
    this.#timer = setTimeout(() => {
      this.#renewing = this.#renew();
    }, milliseconds);
  }

  async #renew(): Promise<void> {
    const { jobs, journal, now, times, warn } = this.#means;
    const began = this.#steady();
    const { lines, counts } = journal;
    try {
      const held = await jobs.renew(this.lease, { at: now(), lease: times.lease, counts, lines });
      if (held === "lost") return this.abort(failure("LEASE_LOST", { run: this.lease.run.id }));
      journal.kept(lines.length);
      this.#extend(began + times.lease - times.margin);
      if (held === "cancelled") this.abort(failure("RUN_CANCELLED", { run: this.lease.run.id }));
      this.#plan(times.renewal);
    } catch (thrown) {
      warn(asFailure(thrown));
      this.#plan(Math.min(RETRY, times.renewal));
    }
  }

  #extend(until: number): void {
    this.#writableUntil = until;
    const { resolve } = this.#waiting;
    this.#waiting = Promise.withResolvers<void>();
    resolve();
  }
}
