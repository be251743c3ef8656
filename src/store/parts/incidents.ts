import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import type { Changes, Database } from "../database.ts";
import type { IncidentRecord } from "../records.ts";
import { errorText, withError } from "../rows.ts";
import type { IncidentChange, Incidents, NewMessage } from "../store.ts";
import { putMessages } from "./outbox.ts";

/** What is wrong now. */
export class KeptIncidents implements Incidents {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async all(): Promise<readonly IncidentRecord[]> {
    const rows = await this.#database.read((db) =>
      db.selectFrom("incidents").selectAll().orderBy("kind").orderBy("subject").execute(),
    );
    return rows.map(withError);
  }

  change(changes: readonly IncidentChange[], messages: readonly NewMessage[]): Promise<boolean> {
    return this.#database.write(async (trx) => {
      // Also what is not there yet has to be the same until the end: only the table can be locked for that.
      if (this.#database.kind === "postgres") await sql`lock table slipway.incidents in exclusive mode`.execute(trx);
      for (const one of changes) if (!(await isAsRead(trx, one))) return false;
      for (const { was, is } of changes) {
        if (is !== undefined) await putIncident(trx, is);
        else if (was !== undefined) await removeIncident(trx, was);
      }
      await putMessages(trx, messages);
      return true;
    });
  }
}

async function isAsRead(trx: Changes, { was, is }: IncidentChange): Promise<boolean> {
  const named = was ?? is;
  if (named === undefined) return true;
  const row = await trx
    .selectFrom("incidents")
    .selectAll()
    .where("kind", "=", named.kind)
    .where("subject", "=", named.subject)
    .executeTakeFirst();
  if (row === undefined || was === undefined) return row === was;
  return isDeepStrictEqual(withError(row), JSON.parse(JSON.stringify(was)));
}

async function putIncident(trx: Changes, { kind, subject, since, toldAt, times, error }: IncidentRecord) {
  const state = { since, toldAt: toldAt ?? null, times, error: errorText(error) };
  await trx
    .insertInto("incidents")
    .values({ kind, subject, ...state })
    .onConflict((conflict) => conflict.columns(["kind", "subject"]).doUpdateSet(state))
    .execute();
}

async function removeIncident(trx: Changes, { kind, subject }: IncidentRecord): Promise<void> {
  await trx.deleteFrom("incidents").where("kind", "=", kind).where("subject", "=", subject).execute();
}
