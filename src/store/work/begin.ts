import type { Changes, Kind } from "../database.ts";
import type { Ids } from "../ids.ts";
import { QUEUED, RUNNING } from "../literals.ts";
import { type Batch, NO_RUN_COUNTS, type RunRecord } from "../records.ts";
import { runOf, tagsOf } from "../rows.ts";
import type { RunWish } from "../store.ts";
import { lockMirror } from "./lock.ts";
import type { Queue } from "./queue.ts";

interface Means {
  readonly kind: Kind;
  readonly ids: Ids;
  readonly queue: Queue;
}

/** Queues what is wished for, or finds the run that it belongs to already. */
export async function beginRun(
  trx: Changes,
  wish: RunWish,
  means: Means,
): Promise<{ readonly run: RunRecord; readonly isNew: boolean }> {
  const { mirror } = wish;
  await lockMirror(trx, means.kind, mirror);
  if (wish.tick !== undefined) await passTick(trx, mirror, wish.tick);
  const known = await trx
    .selectFrom("keys")
    .innerJoin("runs", "runs.id", "keys.run")
    .selectAll("runs")
    .where("keys.mirror", "=", mirror)
    .where("keys.key", "=", wish.key)
    .executeTakeFirst();
  if (known !== undefined) return { run: runOf(known), isNew: false };
  const queued = await openRun(trx, mirror, "queued");
  const run = queued === undefined ? await makeRun(trx, wish, means) : await joinRun(trx, queued, wish);
  await trx.insertInto("keys").values({ mirror, key: wish.key, run: run.id }).execute();
  return { run, isNew: queued === undefined };
}

/** Remembers the last tick that was seen to. */
export async function passTick(trx: Changes, mirror: string, tick: number): Promise<void> {
  await trx
    .insertInto("mirrors")
    .values({ mirror, lastTick: tick })
    .onConflict((conflict) =>
      conflict
        .column("mirror")
        .doUpdateSet({ lastTick: tick })
        .where((at) => at.or([at("mirrors.lastTick", "is", null), at("mirrors.lastTick", "<", tick)])),
    )
    .execute();
}

export async function openRun(
  trx: Changes,
  mirror: string,
  state: "queued" | "running",
): Promise<RunRecord | undefined> {
  const row = await trx
    .selectFrom("runs")
    .selectAll()
    .where("mirror", "=", mirror)
    .where("state", "=", state === "queued" ? QUEUED : RUNNING)
    .executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

async function makeRun(trx: Changes, wish: RunWish, { ids, queue }: Means): Promise<RunRecord> {
  const { mirror, at } = wish;
  const isBusy = (await openRun(trx, mirror, "running")) !== undefined;
  const row = {
    id: ids.next(at),
    mirror,
    trigger: wish.trigger,
    tags: wish.tags === undefined ? null : JSON.stringify(wish.tags),
    askedBy: wish.by ?? null,
    state: "queued" as const,
    queuedAt: at,
    startedAt: null,
    endedAt: null,
    cancelledAt: null,
    jobsTotal: 1,
    jobsEnded: 0,
    jobsBroken: 0,
    lines: 0,
    lag: null,
    error: null,
    ...NO_RUN_COUNTS,
  };
  await trx.insertInto("runs").values(row).execute();
  const job = newJob({ id: ids.next(at), run: row.id, mirror, at });
  await trx
    .insertInto("jobs")
    .values({ ...job, state: isBusy ? "waiting" : "ready" })
    .execute();
  if (!isBusy) await queue.put(trx, [job]);
  return runOf(row);
}

/** The row of a job that is ready: a batch, or the plan of a run. */
export function newJob(
  of: { readonly id: string; readonly run: string; readonly mirror: string; readonly at: number },
  batch?: Batch,
) {
  const { at, ...ids } = of;
  const fresh = { state: "ready" as const, attempts: 0, epoch: 0, worker: null, dueAt: at, lines: 0 };
  const what = {
    kind: batch === undefined ? ("plan" as const) : ("batch" as const),
    tags: batch === undefined ? null : JSON.stringify(batch.tags),
    referrerTags: batch?.referrerTags === undefined ? null : JSON.stringify(batch.referrerTags),
  };
  return { ...ids, ...what, ...fresh, ...NO_RUN_COUNTS };
}

async function joinRun(trx: Changes, run: RunRecord, wish: RunWish): Promise<RunRecord> {
  if (run.tags === undefined) return run;
  const tags = wish.tags === undefined ? null : JSON.stringify([...new Set([...run.tags, ...wish.tags])]);
  await trx.updateTable("runs").set({ tags }).where("id", "=", run.id).execute();
  const { tags: _before, ...others } = run;
  return tags === null ? others : { ...others, tags: tagsOf(tags) };
}
