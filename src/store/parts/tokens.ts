import type { Database } from "../database.ts";
import type { TokenRecord } from "../records.ts";
import { known } from "../rows.ts";
import type { Tokens } from "../store.ts";

/** Who may ask the API. */
export class KeptTokens implements Tokens {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async all(): Promise<readonly TokenRecord[]> {
    const rows = await this.#database.read((db) => db.selectFrom("tokens").selectAll().orderBy("name").execute());
    return rows.map(known);
  }

  async put({ name, role, hash, createdAt, usedAt }: TokenRecord): Promise<void> {
    const state = { role, hash, createdAt, usedAt: usedAt ?? null };
    await this.#database.write((trx) =>
      trx
        .insertInto("tokens")
        .values({ name, ...state })
        .onConflict((conflict) => conflict.column("name").doUpdateSet(state))
        .execute(),
    );
  }

  async used(name: string, at: number): Promise<void> {
    await this.#database.write((trx) =>
      trx.updateTable("tokens").set({ usedAt: at }).where("name", "=", name).execute(),
    );
  }

  async remove(name: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.write((trx) =>
      trx.deleteFrom("tokens").where("name", "=", name).executeTakeFirst(),
    );
    return numDeletedRows > 0n;
  }
}
