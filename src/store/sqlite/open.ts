import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { Bell } from "../bell.ts";
import { Database } from "../database.ts";
import { storeFailure } from "../failures.ts";
import { keptStore } from "../kept-store.ts";
import { migrate } from "../schema/migrate.ts";
import type { Tables } from "../schema/tables.ts";
import type { Store } from "../store.ts";
import { forKysely } from "./adapter.ts";
import { holdFolder } from "./hold.ts";
import { RowsQueue } from "./queue.ts";

/** Milliseconds that a statement waits for somebody who looks at the file, such as a backup. */
const BUSY = 5000;

/**
 * History in a file, `slipway.db`, of a folder that is this process's alone.
 * @throws STORE_IN_USE, STORE_TOO_NEW, STORE_FAILED
 */
export async function openSqlite(dataDir: string): Promise<Store> {
  const file = join(dataDir, "slipway.db");
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const hold = await holdFolder(dataDir);
    try {
      return await openHeld(file, hold.release);
    } catch (error) {
      hold.release();
      throw error;
    }
  } catch (error) {
    throw storeFailure(error, file);
  }
}

async function openHeld(file: string, release: () => void): Promise<Store> {
  await (await open(file, "a", 0o600)).close(); // SQLite would let everybody read it
  const native = new DatabaseSync(file, { timeout: BUSY, enableForeignKeyConstraints: true });
  try {
    // WAL with FULL: what was answered is on the disk. https://www.sqlite.org/pragma.html#pragma_synchronous
    native.exec("pragma journal_mode = wal; pragma synchronous = full");
    const plain = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(native) }) });
    await migrate(plain, "sqlite", file);
    // The folder is this process's alone, so whoever had a job in hand has died: nobody has to wait for the lease to end.
    native.exec("update jobs set due_at = 0 where state = 'leased'; delete from workers");
    const bell = new Bell();
    const database = new Database(plain.withPlugin(new CamelCasePlugin()), "sqlite", file);
    const close = async () => {
      await database.close();
      release();
    };
    return keptStore({ database, queue: new RowsQueue(bell), bell, close });
  } catch (error) {
    native.close();
    throw error;
  }
}
