import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lease } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { asFailure, failure } from "../../words/error.ts";
import type { InForce } from "../control.ts";
import type { Logbook } from "../log/logbook.ts";
import type { Clients } from "./clients.ts";
import { handle } from "./handle.ts";
import { Hold, LEASE_TIMES, type LeaseTimes } from "./hold.ts";
import { Journal } from "./journal.ts";
import { RunLists } from "./run-lists.ts";
import { steadyNow } from "./steady-clock.ts";

/** Longest wait for work, milliseconds: nobody rings when another worker's lease runs out. */
const LOOK = 4_000;
const SIGN_OF_LIFE = 10_000;
const LONGEST_WAIT = 5_000;
/** So long a stopped job may take to tell what it has done, milliseconds. */
const LAST_WORDS = 2_500;
/** Where the store does not answer at all, nobody waits for it longer than that. */
const FAREWELL = 500;

export interface WorkerMeans {
  readonly store: Store;
  readonly clients: Clients;
  readonly inForce: () => InForce;
  readonly now: () => number;
  readonly log: Logbook;
  readonly version: string;
  /** Milliseconds that a mirror is waited for which the configuration here does not know: another's may be newer. */
  readonly patience: number;
  readonly times?: LeaseTimes;
}

/** Takes jobs, as many side by side as the configuration says, until it is told to end. */
export class Worker {
  readonly id = `${hostname()}-${process.pid}-${randomBytes(2).toString("hex")}`;
  readonly #means: WorkerMeans;
  readonly #times: LeaseTimes;
  readonly #closing = new AbortController();
  readonly #givingUp = new AbortController();
  readonly #runLists = new RunLists();
  readonly #running = new Map<Hold, Promise<void>>();
  /** Those of them that are not done yet. */
  readonly #working = new Map<Hold, Promise<void>>();
  readonly #startedAt: number;
  #loop: Promise<void> = Promise.resolve();
  #signs: NodeJS.Timeout | undefined;
  #isStoreLost = false;
  #taken = 0;

  constructor(means: WorkerMeans) {
    this.#means = means;
    this.#times = means.times ?? LEASE_TIMES;
    this.#startedAt = means.now();
  }

  /** Jobs in its hands. */
  get busy(): number {
    return this.#running.size;
  }

  /** Jobs that it has begun so far. */
  get taken(): number {
    return this.#taken;
  }

  start(): void {
    this.#loop = this.#work();
    void this.#giveSign();
    this.#signs = setInterval(() => void this.#giveSign(), SIGN_OF_LIFE);
  }

  /**
   * Takes nothing any more, and lets what is under way end. What has not ended by then is stopped, and left to whoever
   * takes it next, with all that it has done recorded.
   * @param grace milliseconds
   */
  async drain(grace: number): Promise<void> {
    this.#closing.abort();
    await this.#loop;
    await within(grace, this.#all());
    for (const hold of this.#running.keys()) hold.abort(failure("INTERRUPTED", {}));
    await within(LAST_WORDS, this.#all());
    this.#givingUp.abort();
    await within(FAREWELL, this.#all());
    clearInterval(this.#signs);
    await within(
      FAREWELL,
      this.#means.store.workers.gone(this.id).catch(() => undefined),
    );
  }

  async #all(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #work(): Promise<void> {
    const { signal } = this.#closing;
    const closed = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    let wait = LOOK;
    while (!signal.aborted) {
      const full = this.#full();
      if (full !== undefined) {
        await Promise.race([...full.values(), closed]);
        continue;
      }
      const since = steadyNow();
      try {
        const lease = await this.#claim();
        wait = 250;
        if (lease === undefined) await this.#means.store.jobs.wait(LOOK, signal);
        else this.#begin(lease, since);
      } catch (thrown) {
        this.#storeFailed(thrown);
        wait = Math.min(2 * wait, LONGEST_WAIT);
        await sleep(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** What to wait for before another job is taken: the store may be slow, but what it has to take in stays little. */
  #full(): ReadonlyMap<Hold, Promise<void>> | undefined {
    const { concurrency } = this.#means.inForce().serve;
    if (this.#working.size >= concurrency) return this.#working;
    return this.#running.size >= 2 * concurrency ? this.#running : undefined;
  }

  async #claim(): Promise<Lease | undefined> {
    const { store, now, log } = this.#means;
    const lease = await store.jobs.claim({ worker: this.id, at: now(), lease: this.#times.lease });
    if (this.#isStoreLost) log.info("store-back", {});
    this.#isStoreLost = false;
    return lease;
  }

  #begin(lease: Lease, since: number): void {
    const { store, now, log } = this.#means;
    this.#taken += 1;
    const warn = (thrown: unknown) => this.#storeFailed(thrown);
    const journal: Journal = new Journal(now, (error) => hold.isStop(error));
    const hold = new Hold(lease, since, { jobs: store.jobs, journal, now, times: this.#times, warn });
    const [runLists, givingUp] = [this.#runLists, this.#givingUp.signal];
    const done = Promise.withResolvers<void>();
    const onDone = () => {
      this.#working.delete(hold);
      done.resolve();
    };
    this.#working.set(hold, done.promise);
    const work = handle({ ...this.#means, hold, journal, runLists, onDone, worker: this.id, warn, givingUp })
      .catch((thrown: unknown) => log.failed("job-unrecorded", asFailure(thrown), { ...idsOf(lease) }))
      .finally(async () => {
        await hold.end();
        this.#running.delete(hold);
        onDone();
      });
    this.#running.set(hold, work);
  }

  /** Told once, and again when it is back. */
  #storeFailed(thrown: unknown): void {
    const error = asFailure(thrown);
    if (!this.#isStoreLost || !error.retryable) this.#means.log.failed("store-lost", error, {});
    this.#isStoreLost = error.retryable;
  }

  async #giveSign(): Promise<void> {
    const { store, now, version } = this.#means;
    const busy = this.#running.size;
    const sign = { id: this.id, host: hostname(), version, startedAt: this.#startedAt, seenAt: now(), busy };
    await store.workers.seen(sign).catch(() => undefined);
  }
}

/** Waits for some work, so many milliseconds at most. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(milliseconds, undefined, { ref: false })]);
}

function idsOf({ run, job }: Lease) {
  return { mirror: run.mirror, run: run.id, job: job.id };
}
