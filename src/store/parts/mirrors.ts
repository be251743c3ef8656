import type { Database } from "../database.ts";
import type { MirrorRecord } from "../records.ts";
import { known } from "../rows.ts";
import type { Mirrors } from "../store.ts";
import { passTick } from "../work/begin.ts";

/** What is known of mirrors, whatever is forgotten of their runs. */
export class KeptMirrors implements Mirrors {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async all(): Promise<readonly MirrorRecord[]> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom("mirrors")
        .select(["mirror", "lastTick", "lastStartedAt", "lastEndedAt", "lastState", "lastSuccessAt"])
        .orderBy("mirror")
        .execute(),
    );
    return rows.map(known);
  }

  async passTick(mirror: string, tick: number): Promise<void> {
    await this.#database.write((trx) => passTick(trx, mirror, tick));
  }
}
