import type { Kysely, Transaction } from "kysely";
import { isConflict, storeFailure } from "./failures.ts";
import type { Tables } from "./schema/tables.ts";

export type Kind = "sqlite" | "postgres";

/** Of a transaction, or of single questions. */
export type Questions = Kysely<Tables>;
export type Changes = Transaction<Tables>;

const CONFLICTS = 5;

/** The one door to the database: whatever it throws leaves here as an error of ours. */
export class Database {
  readonly kind: Kind;
  readonly #db: Questions;
  readonly #where: string;

  /** @param where the database for errors, without secrets */
  constructor(db: Questions, kind: Kind, where: string) {
    this.#db = db;
    this.kind = kind;
    this.#where = where;
  }

  /** @throws STORE_UNREACHABLE, STORE_FAILED */
  async read<T>(ask: (db: Questions) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#db);
    } catch (error) {
      throw storeFailure(error, this.#where);
    }
  }

  /**
   * All of `change` or nothing. It may be called more than once: what others' transactions undid was not done.
   * @throws STORE_UNREACHABLE (then it is not known whether it was done), STORE_FAILED
   */
  async write<T>(change: (trx: Changes) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#db.transaction().execute(change);
      } catch (error) {
        if (!isConflict(error) || attempt === CONFLICTS) throw storeFailure(error, this.#where);
      }
    }
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
