import type { Database } from "../database.ts";
import type { WorkerRecord } from "../records.ts";
import type { Workers } from "../store.ts";

/** The processes that do jobs. */
export class KeptWorkers implements Workers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async seen({ id, host, version, startedAt, seenAt, busy }: WorkerRecord): Promise<void> {
    const state = { host, version, startedAt, seenAt, busy };
    await this.#database.write((trx) =>
      trx
        .insertInto("workers")
        .values({ id, ...state })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(state))
        .execute(),
    );
  }

  async gone(id: string): Promise<void> {
    await this.#database.write((trx) => trx.deleteFrom("workers").where("id", "=", id).execute());
  }

  all(): Promise<readonly WorkerRecord[]> {
    return this.#database.read((db) => db.selectFrom("workers").selectAll().orderBy("id").execute());
  }
}
