import type { Store } from "../../store/store.ts";
import { asFailure } from "../../words/error.ts";
import type { InForce } from "../control.ts";
import type { Logbook } from "../log/logbook.ts";
import type { Clock } from "./clock.ts";
import { type Due, Scheduler, type Timed } from "./scheduler.ts";

const HOUR = 3_600_000;

/** Begins runs when they are due, and forgets what nobody asks for any more. */
export class Planner {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Logbook;
  readonly #scheduler: Scheduler;
  #keep: number;
  #cancel: (() => void) | undefined;

  private constructor(store: Store, clock: Clock, log: Logbook, keep: number) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#keep = keep;
    this.#scheduler = new Scheduler(clock, (due) => this.#begin(due));
  }

  /** What was missed while nobody was there is caught up on. @throws STORE_UNREACHABLE */
  static async start(store: Store, inForce: InForce, clock: Clock, log: Logbook): Promise<Planner> {
    const planner = new Planner(store, clock, log, inForce.serve.keep);
    planner.#scheduler.set(timedOf(inForce), await store.mirrors.all());
    void planner.#tidy(inForce);
    planner.#forgetHourly();
    return planner;
  }

  /** Another configuration counts. */
  take(inForce: InForce): void {
    this.#keep = inForce.serve.keep;
    this.#scheduler.set(timedOf(inForce));
    void this.#tidy(inForce);
  }

  nextRunAt(mirror: string): number | undefined {
    return this.#scheduler.nextAt(mirror);
  }

  stop(): void {
    this.#scheduler.stop();
    this.#cancel?.();
  }

  /** The tick is the key: however many processes begin it, and however often, it is one run. */
  async #begin({ mirror, tick, trigger }: Due): Promise<void> {
    const wish = { mirror, trigger, tick, key: `tick:${mirror}:${tick}`, at: this.#clock.now() };
    try {
      const { run, isNew } = await this.#store.runs.begin(wish);
      if (isNew) this.#log.debug("run-queued", { mirror, run: run.id, trigger });
    } catch (thrown) {
      this.#log.failed("run-unqueued", asFailure(thrown), { mirror });
      throw thrown;
    }
  }

  async #tidy({ mirrors }: InForce): Promise<void> {
    await this.#quietly(() => this.#store.tags.keepOnly([...mirrors.keys()]));
  }

  #forgetHourly(): void {
    this.#cancel = this.#clock.after(HOUR, () => {
      void this.#quietly(() => this.#store.forget(this.#clock.now() - this.#keep));
      this.#forgetHourly();
    });
  }

  /** What can wait for the next time, where the store cannot do it now. */
  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#log.failed("untidied", asFailure(thrown), {});
    }
  }
}

function timedOf({ mirrors }: InForce): ReadonlyMap<string, Timed> {
  return new Map(
    [...mirrors.values()].flatMap(({ name, rule: { schedule, jitter = 0 } }) =>
      schedule === undefined ? [] : [[name, { schedule, jitter }] as const],
    ),
  );
}
