import type { Changes, Database } from "../database.ts";
import { WAITING } from "../literals.ts";
import type { OutboxCount, OutboxRecord } from "../records.ts";
import { errorText, withError } from "../rows.ts";
import type { NewMessage, Outbox } from "../store.ts";

/** Messages on their way. */
export class KeptOutbox implements Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async put(messages: readonly NewMessage[]): Promise<void> {
    await this.#database.write((trx) => putMessages(trx, messages));
  }

  async take(at: number, hold: number, limit: number): Promise<readonly OutboxRecord[]> {
    const isAlone = this.#database.kind === "sqlite";
    return this.#database.write(async (trx) => {
      const due = trx
        .selectFrom("messages")
        .selectAll()
        .where("state", "=", WAITING)
        .where("nextAt", "<=", at)
        .orderBy("nextAt")
        .limit(limit);
      const rows = await (isAlone ? due : due.forUpdate().skipLocked()).execute();
      const taken = rows.map((row) => ({ ...row, attempts: row.attempts + 1, nextAt: at + hold }));
      for (const { id, channel, attempts, nextAt } of taken) {
        await trx
          .updateTable("messages")
          .set({ attempts, nextAt })
          .where("id", "=", id)
          .where("channel", "=", channel)
          .execute();
      }
      return taken.map(withError);
    });
  }

  async record({ id, channel, state, nextAt, sentAt, error }: Parameters<Outbox["record"]>[0]): Promise<void> {
    await this.#database.write((trx) =>
      trx
        .updateTable("messages")
        .set({ state, nextAt, sentAt: sentAt ?? null, error: errorText(error) })
        .where("id", "=", id)
        .where("channel", "=", channel)
        .where("state", "=", "waiting") // what is sent stays sent, whatever a slow second attempt says
        .execute(),
    );
  }

  async list(limit: number): Promise<readonly OutboxRecord[]> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom("messages")
        .selectAll()
        .orderBy("createdAt", "desc")
        .orderBy("id", "desc")
        .orderBy("channel")
        .limit(limit)
        .execute(),
    );
    return rows.map(withError);
  }

  counts(): Promise<readonly OutboxCount[]> {
    return this.#database.read((db) =>
      db
        .selectFrom("messages")
        .select(({ fn }) => ["channel", "state", fn.countAll<number>().as("count")])
        .groupBy(["channel", "state"])
        .orderBy("channel")
        .orderBy("state")
        .execute(),
    );
  }
}

/** Puts in those that are not there yet. */
export async function putMessages(trx: Changes, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ id, channel, message, createdAt, nextAt }) => {
    return { id, channel, message, createdAt, nextAt, state: "waiting" as const, attempts: 0, sentAt: null };
  });
  await trx
    .insertInto("messages")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
