import { sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { failure, SlipwayError } from "../../words/error.ts";
import type { Kind } from "../database.ts";
import { storeFailure } from "../failures.ts";
import type { AnyTables } from "./build.ts";
import { first } from "./first.ts";
import { second } from "./second.ts";

/** By name, in order. What has been given out is never changed: a new one follows. */
function migrations(kind: Kind): Readonly<Record<string, Migration>> {
  return { "0001-first": first(kind), "0002-referrer-tags": second };
}

/**
 * Brings the tables up to what this version of the program knows. Several processes may do it at once: each waits for
 * the one before. Never back: a database of a later version is refused.
 * @param where the database, without secrets
 * @throws STORE_TOO_NEW, STORE_UNREACHABLE, STORE_FAILED
 */
export async function migrate(db: AnyTables, kind: Kind, where: string): Promise<void> {
  const known = migrations(kind);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...known }) },
    ...(kind === "postgres" ? { migrationTableSchema: "slipway" } : {}),
  });
  try {
    const later = (await applied(db, kind)).find((name) => !Object.hasOwn(known, name));
    if (later !== undefined) throw failure("STORE_TOO_NEW", { where, migration: later });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  } catch (error) {
    throw error instanceof SlipwayError ? error : storeFailure(error, where);
  }
}

/** The migrations that the database has had. */
async function applied(db: AnyTables, kind: Kind): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const isThere = tables.some(
    ({ name, schema }) => name === "kysely_migration" && (kind === "sqlite" || schema === "slipway"),
  );
  if (!isThere) return [];
  const table = sql.table(kind === "postgres" ? "slipway.kysely_migration" : "kysely_migration");
  const { rows } = await sql<{ name: string }>`select name from ${table} order by name`.execute(db);
  return rows.map(({ name }) => name);
}
