import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import { Bell } from "../bell.ts";
import { Database } from "../database.ts";
import { storeFailure } from "../failures.ts";
import { keptStore } from "../kept-store.ts";
import type { Warn } from "../open.ts";
import { migrate } from "../schema/migrate.ts";
import type { Tables } from "../schema/tables.ts";
import type { Store } from "../store.ts";
import { BossQueue } from "./boss-queue.ts";
import { makePool, parseAddress } from "./connect.ts";

/**
 * History in the schema `slipway` of a PostgreSQL that any number of processes share.
 * @throws STORE_URL_INVALID, STORE_UNREACHABLE, STORE_TOO_NEW, STORE_FAILED
 */
export async function openPostgres(url: string, warn: Warn): Promise<Store> {
  const address = parseAddress(url);
  const bell = new Bell();
  const plain = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: makePool(address) }) }).withSchema("slipway");
  try {
    await migrate(plain, "postgres", address.name);
    const queue = await BossQueue.start(address, bell, warn);
    const database = new Database(plain.withPlugin(new CamelCasePlugin()), "postgres", address.name);
    const close = async () => {
      await queue.stop();
      await database.close();
    };
    return keptStore({ database, queue, bell, close });
  } catch (error) {
    await plain.destroy();
    throw storeFailure(error, address.name);
  }
}
