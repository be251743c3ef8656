import type { ExpressionBuilder } from "kysely";
import type { Changes, Kind } from "../database.ts";
import type { Ids } from "../ids.ts";
import type { Batch, Lease } from "../records.ts";
import { errorText } from "../rows.ts";
import type { Tables } from "../schema/tables.ts";
import type { JobResult } from "../store.ts";
import { newJob } from "./begin.ts";
import { closeIfThrough } from "./close.ts";
import { checkLease, type Job, recordProgress } from "./held.ts";
import { unknownOf } from "./kept-lines.ts";
import { placesOf, sumUp } from "./places.ts";
import type { Queue } from "./queue.ts";
import { forgetOthers, recordHosts, recordTags } from "./results.ts";

interface Means {
  readonly kind: Kind;
  readonly ids: Ids;
  readonly queue: Queue;
  /** How many lines of this lease are known to be kept. */
  readonly kept: number;
}

const AT_ONCE = 500;
/** The tags of a mirror are added up after so many of its parts. */
const BATCHES_SUMMED = 10;

/** Ends a job with what came of it, and puts in those that go on from it. False: it is in other hands. */
export async function endJob(
  trx: Changes,
  lease: Lease,
  batches: readonly Batch[],
  result: JobResult,
  { kind, ids, queue, kept }: Means,
): Promise<boolean> {
  const held = await checkLease(trx, kind, lease);
  if (held.kind !== "held") return held.kind === "ended";
  const { job } = held;
  const { at, tags, hosts, destinations } = result;
  const lines = unknownOf(result.lines, job, kept);
  const ofJob = { state: "ended", tags: null, referrerTags: null } as const;
  const run = await recordProgress(trx, kind, job, { counts: result.counts, lines, ofJob, ofRun: endingOf(result) });
  await recordTags(trx, kind, tags);
  if (destinations !== undefined) await forgetOthers(trx, job.mirror, destinations);
  const made = (run.cancelledAt === null ? batches : []).map((batch) =>
    newJob({ id: ids.next(at), run: job.run, mirror: job.mirror, at }, batch),
  );
  const left = run.jobsTotal + made.length - run.jobsEnded;
  await sumUp(trx, job.mirror, toBeSummed(job, left, result));
  await recordHosts(trx, hosts);
  await addJobs(trx, job.run, made, queue);
  if (left === 0) await closeIfThrough(trx, job.run, at, queue);
  return true;
}

/**
 * Where tags are added up: with each part of a large mirror it would take as long as the part's own record. After the last
 * one it is the run's end that does.
 */
function toBeSummed({ kind }: Job, left: number, { tags, destinations }: JobResult): readonly string[] | "all" {
  if (kind === "batch") return left > 0 && left % BATCHES_SUMMED === 0 ? "all" : [];
  return destinations === undefined ? placesOf(tags) : "all";
}

function endingOf({ lag, error }: JobResult) {
  return (run: ExpressionBuilder<Tables, "runs">) => ({
    jobsEnded: run("jobsEnded", "+", 1),
    ...(error !== undefined && {
      jobsBroken: run("jobsBroken", "+", 1),
      error: run.fn.coalesce("error", run.val(errorText(error))),
    }),
    ...(lag !== undefined && {
      lag: run
        .case()
        .when(run.or([run("lag", "is", null), run("lag", "<", lag)]))
        .then(lag)
        .else(run.ref("lag"))
        .end(),
    }),
  });
}

async function addJobs(trx: Changes, run: string, jobs: readonly ReturnType<typeof newJob>[], queue: Queue) {
  if (jobs.length === 0) return;
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    await trx
      .insertInto("jobs")
      .values(jobs.slice(from, from + AT_ONCE))
      .execute();
  }
  await trx
    .updateTable("runs")
    .set((old) => ({ jobsTotal: old("jobsTotal", "+", jobs.length) }))
    .where("id", "=", run)
    .execute();
  await queue.put(trx, jobs);
}
