import type { Changes, Kind } from "../database.ts";

/**
 * Every change to the runs and jobs of a mirror locks the mirror's row first, so that they come one after the other and
 * never wait for each other in a circle. In SQLite there is one connection: a transaction is alone there anyway.
 */
export async function lockMirror(trx: Changes, kind: Kind, mirror: string): Promise<void> {
  const row = trx.selectFrom("mirrors").select("mirror").where("mirror", "=", mirror);
  const locked = kind === "postgres" ? row.forUpdate() : row;
  while ((await locked.executeTakeFirst()) === undefined) {
    await trx
      .insertInto("mirrors")
      .values({ mirror })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
