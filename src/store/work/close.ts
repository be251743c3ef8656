import type { Selectable } from "kysely";
import type { Changes } from "../database.ts";
import { QUEUED, RUNNING } from "../literals.ts";
import type { Instant, RunState } from "../records.ts";
import type { Tables } from "../schema/tables.ts";
import { countEnd } from "./days.ts";
import { sumUp } from "./places.ts";
import type { Queue } from "./queue.ts";

/** Ends a run whose jobs have all ended, and lets the one go that waits for it. */
export async function closeIfThrough(trx: Changes, id: string, at: Instant, queue: Queue): Promise<void> {
  const run = await trx.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  if (run.endedAt !== null || run.jobsEnded < run.jobsTotal) return;
  const state = endState(run);
  await trx.updateTable("runs").set({ state, endedAt: at }).where("id", "=", id).execute();
  await trx
    .updateTable("mirrors")
    .set({ lastRun: id, lastEndedAt: at, lastState: state })
    .where("mirror", "=", run.mirror)
    .execute();
  await countEnd(trx, run, state, at);
  if (run.jobsTotal > 1) await sumUp(trx, run.mirror, "all");
  if (state === "done" && run.tags === null) await noteSuccess(trx, run.mirror, at);
  await releaseNext(trx, run.mirror, at, queue);
}

function endState(run: Selectable<Tables["runs"]>): RunState {
  if (run.cancelledAt !== null) return "cancelled";
  const nothingWentWell = run.copied + run.skipped + run.removed === 0;
  if (run.jobsBroken > 0 || (run.failed > 0 && nothingWentWell)) return "failed";
  return run.failed > 0 ? "partial" : "done";
}

/** Only if all its tags are in step, also those that the run put off. */
async function noteSuccess(trx: Changes, mirror: string, at: Instant): Promise<void> {
  const behind = await trx
    .selectFrom("places")
    .select("repository")
    .where("mirror", "=", mirror)
    .where((place) => place.or([place("behind", ">", 0), place("failed", ">", 0)]))
    .limit(1)
    .executeTakeFirst();
  if (behind !== undefined) return;
  await trx.updateTable("mirrors").set({ lastSuccessAt: at }).where("mirror", "=", mirror).execute();
}

/** The plan that waited for this mirror's run is ready when none is under way. */
async function releaseNext(trx: Changes, mirror: string, at: Instant, queue: Queue): Promise<void> {
  const ready = await trx
    .updateTable("jobs")
    .set({ state: "ready", dueAt: at })
    .where("state", "=", "waiting")
    .where("run", "in", (runs) =>
      runs.selectFrom("runs").select("id").where("mirror", "=", mirror).where("state", "=", QUEUED),
    )
    .where((at) =>
      at.not(at.exists(at.selectFrom("runs").select("id").where("mirror", "=", mirror).where("state", "=", RUNNING))),
    )
    .returning(["id", "kind"])
    .execute();
  if (ready.length > 0) await queue.put(trx, ready);
}
