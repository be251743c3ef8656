import type { Changes, Kind } from "../database.ts";
import type { Instant } from "../records.ts";
import { endJobs } from "./claim.ts";
import { closeIfThrough } from "./close.ts";
import { lockMirror } from "./lock.ts";
import type { Queue } from "./queue.ts";

/** Ends what nobody has begun of a run; who has the rest is told. False: it had ended. */
export async function cancelRun(trx: Changes, kind: Kind, queue: Queue, id: string, at: Instant): Promise<boolean> {
  const seen = await trx.selectFrom("runs").select("mirror").where("id", "=", id).executeTakeFirst();
  if (seen === undefined) return false;
  await lockMirror(trx, kind, seen.mirror);
  const { numUpdatedRows } = await trx
    .updateTable("runs")
    .set((run) => ({ cancelledAt: run.fn.coalesce("cancelledAt", run.val(at)) }))
    .where("id", "=", id)
    .where("endedAt", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  const unbegun = await trx
    .selectFrom("jobs")
    .select("id")
    .where("run", "=", id)
    .where("state", "in", ["waiting", "ready"])
    .execute();
  await endJobs(
    trx,
    id,
    unbegun.map((job) => job.id),
  );
  await closeIfThrough(trx, id, at, queue);
  return true;
}
