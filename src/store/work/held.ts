import type { ExpressionBuilder, Selectable, Updateable, UpdateObject } from "kysely";
import { eachCount } from "../counts.ts";
import type { Changes, Kind } from "../database.ts";
import type { Lease, LogLine, RunCounts } from "../records.ts";
import { errorText } from "../rows.ts";
import type { Tables } from "../schema/tables.ts";
import { lockMirror } from "./lock.ts";
import { columnsOf, rowLists } from "./row-list.ts";

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

const LINE_COLUMNS = {
  run: "text",
  number: "whole",
  at: "whole",
  level: "text",
  key: "text",
  facts: "text",
  error: "text",
} as const;

type ChangesOf<T extends keyof Tables> = (old: ExpressionBuilder<Tables, T>) => UpdateObject<Tables, T>;

interface Advance {
  readonly counts: RunCounts;
  /** Lines that are not kept yet. */
  readonly lines: readonly LogLine[];
  /** What changes besides. */
  readonly ofJob: Updateable<Tables["jobs"]>;
  readonly ofRun?: ChangesOf<"runs">;
}

/**
 * Sets how far a job is, in its own row and in its run's sum, and appends its lines to the run's log, numbered on. One
 * statement for each table: all other work on the mirror waits meanwhile.
 * @returns the run as it is now
 */
export async function recordProgress(
  trx: Changes,
  kind: Kind,
  job: Job,
  { counts, lines, ofJob, ofRun }: Advance,
): Promise<Selectable<Tables["runs"]>> {
  const run = await trx
    .updateTable("runs")
    .set((old) => ({
      ...eachCount((name) => old(name, "+", counts[name] - job[name])),
      lines: old("lines", "+", lines.length),
      ...ofRun?.(old),
    }))
    .where("id", "=", job.run)
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx
    .updateTable("jobs")
    .set((old) => ({ ...counts, lines: old("lines", "+", lines.length), ...ofJob }))
    .where("id", "=", job.id)
    .execute();
  const first = run.lines - lines.length + 1;
  const rows = lines.map(({ at, level, key, facts, error }, index) => {
    return {
      run: run.id,
      number: first + index,
      at,
      level,
      key,
      facts: JSON.stringify(facts),
      error: errorText(error),
    };
  });
  for (const list of rowLists(kind, LINE_COLUMNS, rows)) {
    await trx.insertInto("lines").columns(columnsOf(LINE_COLUMNS)).expression(list).execute();
  }
  return run;
}
