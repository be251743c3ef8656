import type { Selectable } from "kysely";
import type { Changes, Database, Questions } from "../database.ts";
import { IS_OPEN } from "../literals.ts";
import type { Instant, Lease } from "../records.ts";
import { jobOf, runOf } from "../rows.ts";
import type { Tables } from "../schema/tables.ts";
import { closeIfThrough } from "./close.ts";
import { lockMirror } from "./lock.ts";
import type { Queue } from "./queue.ts";

export interface Claim {
  readonly worker: string;
  readonly at: Instant;
  /** Milliseconds. */
  readonly lease: number;
}

type Job = Selectable<Tables["jobs"]>;

/** A job that is ready for so long, and that the queue does not bring, is taken without it. */
const QUEUE_PATIENCE = 60_000;

/** Takes a job: from one who has let its lease run out, else from the queue. */
export async function claimJob(database: Database, queue: Queue, claim: Claim): Promise<Lease | undefined> {
  for (;;) {
    const found = await database.read((db) => findOpen(db, claim.at));
    if (found === undefined) return undefined;
    const taken = await database.write(async (trx) => {
      const isLost = found.state === "ready" && found.dueAt <= claim.at - QUEUE_PATIENCE;
      const id = found.state === "leased" ? found.id : ((await queue.take(trx)) ?? (isLost ? found.id : undefined));
      return id === undefined ? "none" : leaseJob(trx, { database, queue, id, claim });
    });
    if (taken === "none") return undefined;
    if (taken !== "gone") return taken;
  }
}

/** A job whose lease has run out, else one that is ready. Where there is none, this is all that a claim costs. */
function findOpen(db: Questions, at: Instant) {
  return db
    .selectFrom("jobs")
    .select(["id", "state", "dueAt"])
    .where(IS_OPEN)
    .where((job) => job.or([job("state", "=", "ready"), job("dueAt", "<=", at)]))
    .orderBy("state") // "leased" comes before "ready"
    .orderBy("dueAt")
    .limit(1)
    .executeTakeFirst();
}

interface Taking {
  readonly database: Database;
  readonly queue: Queue;
  readonly id: string;
  readonly claim: Claim;
}

/** `gone`: it is not to be had any more. */
async function leaseJob(trx: Changes, { database, queue, id, claim }: Taking): Promise<Lease | "gone"> {
  const { at, worker } = claim;
  const seen = await trx.selectFrom("jobs").select("mirror").where("id", "=", id).executeTakeFirst();
  if (seen === undefined) return "gone";
  await lockMirror(trx, database.kind, seen.mirror);
  const job = await trx.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
  if (job === undefined || !isOpen(job, at)) return "gone";
  const run = await beginOrStop(trx, job, at);
  if (run === undefined) {
    await closeIfThrough(trx, job.run, at, queue);
    return "gone";
  }
  const [attempts, epoch] = [job.attempts + 1, job.epoch + 1];
  await trx
    .updateTable("jobs")
    .set({ state: "leased", attempts, epoch, worker, dueAt: at + claim.lease, lines: 0 })
    .where("id", "=", id)
    .execute();
  return { job: jobOf({ ...job, state: "leased", attempts }, runOf(run)), run: runOf(run), worker, epoch };
}

function isOpen(job: Job, at: Instant): boolean {
  return job.state === "ready" || (job.state === "leased" && job.dueAt <= at);
}

/** The run of a job that may be done; a queued one begins. Undefined: it was cancelled, and the job has ended now. */
async function beginOrStop(trx: Changes, job: Job, at: Instant): Promise<Selectable<Tables["runs"]> | undefined> {
  const run = await trx.selectFrom("runs").selectAll().where("id", "=", job.run).executeTakeFirstOrThrow();
  if (run.cancelledAt !== null) {
    await endJobs(trx, run.id, [job.id]);
    return undefined;
  }
  if (run.state !== "queued") return run;
  await trx.updateTable("runs").set({ state: "running", startedAt: at }).where("id", "=", run.id).execute();
  await trx.updateTable("mirrors").set({ lastStartedAt: at }).where("mirror", "=", run.mirror).execute();
  return { ...run, state: "running", startedAt: at };
}

/** Ends jobs that nobody will do; whoever had them has them no more. */
export async function endJobs(trx: Changes, run: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("jobs")
    .set({ state: "ended", worker: null, tags: null, referrerTags: null })
    .where("id", "in", [...ids])
    .execute();
  await trx
    .updateTable("runs")
    .set((old) => ({ jobsEnded: old("jobsEnded", "+", ids.length) }))
    .where("id", "=", run)
    .execute();
}
