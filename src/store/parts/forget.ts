import type { Changes, Database } from "../database.ts";
import type { Instant } from "../records.ts";
import { dayOf } from "../work/days.ts";

/** Runs, or messages, that go at once: nobody waits long for the database meanwhile. */
const AT_ONCE = 100;

/** Forgets what has ended before then, a little at a time. */
export async function forget(database: Database, before: Instant): Promise<void> {
  for (const some of [forgetRuns, forgetMessages]) {
    while ((await database.write((trx) => some(trx, before))) === AT_ONCE);
  }
  await database.write((trx) => trx.deleteFrom("days").where("day", "<", dayOf(before)).execute());
  await database.write((trx) => trx.deleteFrom("workers").where("seenAt", "<", before).execute());
}

/** With their jobs, logs and keys; the last of each mirror stays. */
async function forgetRuns(trx: Changes, before: Instant): Promise<number> {
  const old = await trx
    .selectFrom("runs")
    .select("id")
    .where("endedAt", "<", before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("mirrors").select("mirror").whereRef("mirrors.lastRun", "=", "runs.id"))),
    )
    .limit(AT_ONCE)
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length > 0) await trx.deleteFrom("runs").where("id", "in", ids).execute();
  return ids.length;
}

async function forgetMessages(trx: Changes, before: Instant): Promise<number> {
  const old = await trx
    .selectFrom("messages")
    .select(["id", "channel"])
    .where("createdAt", "<", before)
    .where("state", "!=", "waiting")
    .limit(AT_ONCE)
    .execute();
  for (const { id, channel } of old) {
    await trx.deleteFrom("messages").where("id", "=", id).where("channel", "=", channel).execute();
  }
  return old.length;
}
