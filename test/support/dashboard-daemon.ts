import { pino } from "pino";
import { sampleDaemon, sampleInForce } from "../../src/daemon/alarms/sample-daemon.ts";
import { type RunningServer, startServer } from "../../src/daemon/api/server.ts";
import type { Control, InForce } from "../../src/daemon/control.ts";
import { hashOfToken } from "../../src/daemon/tokens/token.ts";
import type { LogLine, RunCounts, TagRecord } from "../../src/store/records.ts";
import { NO_RUN_COUNTS } from "../../src/store/records.ts";
import type { JobResult, Store } from "../../src/store/store.ts";
import type { SlipwayError } from "../../src/words/error.ts";

export const TOKENS = { operator: "slipway_operator-of-the-tests", reader: "slipway_reader-of-the-tests" } as const;

/** A run in the hands of a worker that does what a test says. */
export interface HeldRun {
  readonly id: string;
  /** Milliseconds since 1970; left out: now. */
  say(lines: readonly LogLine[], counts?: Partial<RunCounts>): Promise<"held" | "cancelled" | "lost">;
  /** Ends its plan with so many parts, and takes the first of them. */
  split(batches: number): Promise<void>;
  /** Ends all of it. */
  end(end?: RunEnd): Promise<void>;
}

export interface RunEnd extends Partial<Pick<JobResult, "at" | "lines" | "tags" | "hosts" | "lag" | "error">> {
  readonly counts?: Partial<RunCounts>;
}

/** The daemon's pages over a real store and a real server; only its workers are played. */
export class DashboardDaemon implements AsyncDisposable {
  readonly store: Store;
  /** What the next reload says. */
  refused: SlipwayError | undefined;
  inForce: InForce;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #webRoot: string;
  readonly #stack: AsyncDisposableStack;
  #server: RunningServer | undefined;
  #runs = 0;

  private constructor(
    store: Store,
    inForce: InForce,
    { environment, webRoot }: Pick<DaemonOptions, "environment" | "webRoot">,
    stack: AsyncDisposableStack,
  ) {
    this.store = store;
    this.inForce = inForce;
    this.#environment = environment;
    this.#webRoot = webRoot;
    this.#stack = stack;
  }

  static async start(options: DaemonOptions): Promise<DashboardDaemon> {
    const { yaml, environment } = options;
    await using stack = new AsyncDisposableStack();
    const { store } = stack.use(await sampleDaemon(yaml, Date.now(), environment));
    for (const role of ["operator", "reader"] as const) {
      await store.tokens.put({ name: role, role, hash: hashOfToken(TOKENS[role]), createdAt: Date.now() });
    }
    const inForce = sampleInForce(yaml, Date.now() - 3_600_000, { ...environment });
    const daemon = new DashboardDaemon(store, inForce, options, stack.move());
    await daemon.listen();
    return daemon;
  }

  /** `http://127.0.0.1:43210` */
  get url(): string {
    return this.#server?.url ?? "";
  }

  /** Answers; after `hide`, at the same address. */
  async listen(address = "127.0.0.1:0"): Promise<void> {
    const { store } = this;
    const control: Control = {
      store,
      version: "0.1.0",
      inForce: () => this.inForce,
      now: Date.now,
      request: (request) => store.runs.begin({ ...request, at: Date.now() }),
      reload: async () => {
        const { refused, ...before } = this.inForce;
        this.inForce = {
          ...before,
          ...(this.refused === undefined ? { loadedAt: Date.now() } : { refused: this.refused }),
        };
        return this.refused;
      },
      nextRunAt: (mirror) => {
        const schedule = this.inForce.mirrors.get(mirror)?.rule.schedule;
        return schedule?.kind === "every" ? Date.now() + schedule.every / 2 : undefined;
      },
      isReady: () => true,
    };
    this.#server = await startServer(control, {
      listen: address,
      environment: this.#environment,
      logger: pino({ level: "silent" }),
      webRoot: this.#webRoot,
      streams: { every: 50, beat: 60_000, limit: 100 },
    });
  }

  /** Answers no more, until it listens again. */
  async hide(): Promise<void> {
    await this.#server?.close();
  }

  /** Begins the run of a mirror, or the one that is queued already. @param at milliseconds since 1970 */
  async beginRun(mirror: string, at = Date.now()): Promise<HeldRun> {
    const { store } = this;
    this.#runs += 1;
    const { run } = await store.runs.begin({ mirror, trigger: "schedule", key: `test ${this.#runs}`, at });
    const claim = async (claimedAt: number) => {
      const lease = await store.jobs.claim({ worker: "worker-1", at: claimedAt, lease: 3_600_000 });
      if (lease === undefined) throw new Error("there is no job");
      return lease;
    };
    let lease = await claim(at);
    const result = (end: RunEnd): JobResult => {
      const { counts, ...more } = end;
      const nothing = { at: Date.now(), tags: [], lines: [], hosts: [] };
      return { ...nothing, ...more, counts: { ...NO_RUN_COUNTS, ...counts } };
    };
    return {
      id: run.id,
      say: (lines, counts = {}) =>
        store.jobs.renew(lease, {
          at: Date.now(),
          lease: 3_600_000,
          counts: { ...NO_RUN_COUNTS, ...counts },
          lines,
        }),
      split: async (batches) => {
        const parts = Array.from({ length: batches }, (_, number) => ({ tags: [`${number}`] }));
        await store.jobs.split(lease, parts, result({}));
        lease = await claim(Date.now());
      },
      end: async (end = {}) => {
        await store.jobs.finish(lease, result(end));
        while ((await store.runs.get(run.id))?.endedAt === undefined) {
          await store.jobs.finish(await claim(Date.now()), result({}));
        }
      },
    };
  }

  /** A run that has ended. */
  async endRun(mirror: string, end: RunEnd & { readonly at: number; readonly took?: number }): Promise<string> {
    const { took = 20_000, ...rest } = end;
    const run = await this.beginRun(mirror, end.at - took);
    await run.end(rest);
    return run.id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hide();
    await this.#stack.disposeAsync();
  }
}

export interface DaemonOptions {
  /** The configuration without `version:`. */
  readonly yaml: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly webRoot: string;
}

/** One line of a log, by a key of the daemon's words. */
export function logLine(key: string, facts: LogLine["facts"], more: Partial<LogLine> = {}): LogLine {
  return { at: Date.now(), level: "info", key, facts, ...more };
}

/** What is known of a tag at one of its mirror's destinations. */
export function tagRecord(record: Pick<TagRecord, "mirror" | "tag" | "destination"> & Partial<TagRecord>): TagRecord {
  return {
    source: `docker.io/acme/${record.mirror}:${record.tag}`,
    state: "in-step",
    checkedAt: Date.now(),
    ...record,
  };
}
