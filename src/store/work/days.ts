import type { ExpressionBuilder, Selectable } from "kysely";
import { addCounts, countsOf, eachCount } from "../counts.ts";
import type { Changes, Questions } from "../database.ts";
import { type EndedRuns, type Instant, NO_RUN_COUNTS, type RunState } from "../records.ts";
import type { Tables } from "../schema/tables.ts";

const DAY = 24 * 3600_000;

/** Days since 1970, of those of UTC. */
export function dayOf(at: Instant): number {
  return Math.floor(at / DAY);
}

/** Counts a run that ends, with those of its mirror that ended so on that day (UTC): weeks of runs are not added up again. */
export async function countEnd(
  trx: Changes,
  run: Selectable<Tables["runs"]>,
  state: RunState,
  at: Instant,
): Promise<void> {
  const day = { mirror: run.mirror, day: dayOf(at), state, runs: 1, ...countsOf(run) };
  await trx
    .insertInto("days")
    .values(day)
    .onConflict((conflict) =>
      conflict.columns(["mirror", "day", "state"]).doUpdateSet((old) => ({
        runs: old("days.runs", "+", 1),
        ...eachCount((name) => old(`days.${name}`, "+", run[name])),
      })),
    )
    .execute();
}

/** What ended since then: of whole days as they were counted, of the first one by its runs. */
export async function endedSince(db: Questions, since: Instant): Promise<ReadonlyMap<string, EndedRuns>> {
  const firstDay = Math.ceil(since / DAY);
  const rows = await db
    .selectFrom("days")
    .select((days) => ["mirror", "state", days.cast<number>(days.fn.sum("runs"), "bigint").as("runs"), ...sums(days)])
    .where("day", ">=", firstDay)
    .groupBy(["mirror", "state"])
    .unionAll(
      db
        .selectFrom("runs")
        .select((runs) => ["mirror", "state", runs.fn.countAll<number>().as("runs"), ...sums(runs)])
        .where("endedAt", ">=", since)
        .where("endedAt", "<", firstDay * DAY)
        .groupBy(["mirror", "state"]),
    )
    .execute();
  const found = new Map<string, EndedRuns>();
  for (const { mirror, state, runs, ...counts } of rows) {
    const before = found.get(mirror) ?? { states: {}, counts: NO_RUN_COUNTS };
    const states = { ...before.states, [state]: (before.states[state] ?? 0) + runs };
    found.set(mirror, { states, counts: addCounts(before.counts, counts) });
  }
  return found;
}

/** PostgreSQL makes numerics of sums, which would come as text. */
function sums<T extends "days" | "runs">({ fn, cast, ref }: ExpressionBuilder<Tables, T>) {
  return Object.values(eachCount((name) => cast<number>(fn.sum(ref(name)), "bigint").as(name)));
}
