import type { Database } from "../database.ts";
import type { HostRecord } from "../records.ts";
import type { Hosts } from "../store.ts";

/** What hosts have told of their limits; jobs record it when they end. */
export class KeptHosts implements Hosts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  all(): Promise<readonly HostRecord[]> {
    return this.#database.read((db) => db.selectFrom("hosts").selectAll().orderBy("host").execute());
  }
}
