import type { Bell } from "../bell.ts";
import type { Database } from "../database.ts";
import type { Ids } from "../ids.ts";
import { IS_OPEN } from "../literals.ts";
import type { Batch, Lease } from "../records.ts";
import type { Held, JobResult, Jobs, Progress } from "../store.ts";
import { type Claim, claimJob, endJobs } from "./claim.ts";
import { closeIfThrough } from "./close.ts";
import { endJob } from "./end.ts";
import { checkLease, recordProgress } from "./held.ts";
import { KeptLines, unknownOf } from "./kept-lines.ts";
import type { Queue } from "./queue.ts";

interface Means {
  readonly database: Database;
  readonly queue: Queue;
  readonly ids: Ids;
  readonly bell: Bell;
}

/** The open work: who has it, and until when. */
export class OpenJobs implements Jobs {
  readonly #database: Database;
  readonly #queue: Queue;
  readonly #ids: Ids;
  readonly #bell: Bell;
  readonly #kept = new KeptLines();

  constructor({ database, queue, ids, bell }: Means) {
    this.#database = database;
    this.#queue = queue;
    this.#ids = ids;
    this.#bell = bell;
  }

  async claim(claim: Claim): Promise<Lease | undefined> {
    const foundNothing = this.#bell.look();
    const lease = await claimJob(this.#database, this.#queue, claim);
    if (lease === undefined) foundNothing();
    return lease;
  }

  async renew(lease: Lease, { at, lease: duration, counts, lines }: Progress): Promise<Held> {
    const kept = this.#kept.of(lease);
    const held = await this.#database.write(async (trx): Promise<Held> => {
      const found = await checkLease(trx, this.#database.kind, lease);
      if (found.kind !== "held") return "lost";
      const { job } = found;
      const unknown = unknownOf(lines, job, kept);
      const run = await recordProgress(trx, this.#database.kind, job, {
        counts,
        lines: unknown,
        ofJob: { dueAt: at + duration },
      });
      return run.cancelledAt === null ? "held" : "cancelled";
    });
    if (held === "lost") this.#kept.forget(lease);
    else this.#kept.add(lease, lines.length);
    return held;
  }

  async split(lease: Lease, batches: readonly Batch[], result: JobResult): Promise<boolean> {
    const [kind, kept] = [this.#database.kind, this.#kept.of(lease)];
    const isOurs = await this.#database.write((trx) =>
      endJob(trx, lease, batches, result, { kind, ids: this.#ids, queue: this.#queue, kept }),
    );
    this.#kept.forget(lease);
    return isOurs;
  }

  finish(lease: Lease, result: JobResult): Promise<boolean> {
    return this.split(lease, [], result);
  }

  async giveBack(lease: Lease, at: number): Promise<void> {
    await this.#database.write(async (trx) => {
      const found = await checkLease(trx, this.#database.kind, lease);
      if (found.kind !== "held") return;
      const { job } = found;
      const run = await trx
        .selectFrom("runs")
        .select("cancelledAt")
        .where("id", "=", job.run)
        .executeTakeFirstOrThrow();
      if (run.cancelledAt === null) {
        await trx
          .updateTable("jobs")
          .set({ state: "ready", worker: null, dueAt: at })
          .where("id", "=", job.id)
          .execute();
        await this.#queue.put(trx, [job]);
      } else {
        await endJobs(trx, job.run, [job.id]);
        await closeIfThrough(trx, job.run, at, this.#queue);
      }
    });
    this.#kept.forget(lease);
  }

  wait(timeout: number, signal: AbortSignal): Promise<void> {
    return this.#bell.wait(timeout, signal);
  }

  async depth(): Promise<{ readonly ready: number; readonly leased: number }> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom("jobs")
        .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
        .where(IS_OPEN)
        .groupBy("state")
        .execute(),
    );
    const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
    return { ready: count("ready"), leased: count("leased") };
  }
}
