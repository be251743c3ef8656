import type { Selectable } from "kysely";
import { eachCount } from "../counts.ts";
import type { Changes, Kind } from "../database.ts";
import type { Lease, LogLine, RunCounts } from "../records.ts";
import { errorText } from "../rows.ts";
import type { Tables } from "../schema/tables.ts";
import { lockMirror } from "./lock.ts";

export type Job = Selectable<Tables["jobs"]>;

/**
 * The fence: what a lease says counts only while no one was given the job after it. Asked in the transaction that
 * writes, under the mirror's lock.
 * @returns `ended`: by this very lease, whose answer was lost
 */
export async function checkLease(
  trx: Changes,
  kind: Kind,
  lease: Lease,
): Promise<{ readonly kind: "held" | "ended"; readonly job: Job } | { readonly kind: "lost" }> {
  await lockMirror(trx, kind, lease.job.mirror);
  const job = await trx.selectFrom("jobs").selectAll().where("id", "=", lease.job.id).executeTakeFirst();
  if (job === undefined || job.epoch !== lease.epoch || job.worker !== lease.worker) return { kind: "lost" };
  if (job.state === "leased") return { kind: "held", job };
  return job.state === "ended" ? { kind: "ended", job } : { kind: "lost" };
}

/** Sets how far a job is, in its own row and in its run's sum. */
export async function recordCounts(trx: Changes, job: Job, counts: RunCounts): Promise<void> {
  await trx
    .updateTable("jobs")
    .set({ ...counts })
    .where("id", "=", job.id)
    .execute();
  await trx
    .updateTable("runs")
    .set((run) => eachCount((name) => run(name, "+", counts[name] - job[name])))
    .where("id", "=", job.run)
    .execute();
}

/** Lines that go into one statement: SQLite and PostgreSQL take some ten thousand values. */
const AT_ONCE = 500;

/** Appends lines to a run's log, numbered on. */
export async function recordLines(trx: Changes, job: Job, lines: readonly LogLine[]): Promise<void> {
  if (lines.length === 0) return;
  const { lines: total } = await trx
    .updateTable("runs")
    .set((run) => ({ lines: run("lines", "+", lines.length) }))
    .where("id", "=", job.run)
    .returning("lines")
    .executeTakeFirstOrThrow();
  await trx
    .updateTable("jobs")
    .set((old) => ({ lines: old("lines", "+", lines.length) }))
    .where("id", "=", job.id)
    .execute();
  const first = total - lines.length + 1;
  const rows = lines.map(({ at, level, key, facts, error }, index) => {
    return {
      run: job.run,
      number: first + index,
      at,
      level,
      key,
      facts: JSON.stringify(facts),
      error: errorText(error),
    };
  });
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await trx
      .insertInto("lines")
      .values(rows.slice(from, from + AT_ONCE))
      .execute();
  }
}
