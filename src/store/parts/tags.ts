import { type Selectable, sql } from "kysely";
import type { Database } from "../database.ts";
import { QUEUED, RUNNING } from "../literals.ts";
import type { MirrorTags, TagRecord, TagSummary } from "../records.ts";
import { known, withError } from "../rows.ts";
import type { Tables } from "../schema/tables.ts";
import type { Tags } from "../store.ts";

/** Names in one statement: SQLite takes 32,766 values, PostgreSQL 65,535. */
const AT_ONCE = 1000;

/** What is known of each tag at each destination. */
export class KeptTags implements Tags {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(mirror: string, destinations: readonly string[]): Promise<readonly TagRecord[]> {
    const found: TagRecord[] = [];
    for (let from = 0; from < destinations.length; from += AT_ONCE) {
      const rows = await this.#database.read((db) =>
        db
          .selectFrom("tags")
          .selectAll()
          .where("mirror", "=", mirror)
          .where("destination", "in", destinations.slice(from, from + AT_ONCE))
          .execute(),
      );
      found.push(...rows.map(tagOf));
    }
    return found;
  }

  async list(
    mirror: string,
    { state, after, search, limit }: Parameters<Tags["list"]>[1],
  ): Promise<readonly TagRecord[]> {
    const rows = await this.#database.read((db) => {
      let tags = db
        .selectFrom("tags")
        .select("tag")
        .distinct()
        .where("mirror", "=", mirror)
        .orderBy("tag")
        .limit(limit);
      if (state !== undefined) tags = tags.where("state", "=", state);
      if (after !== undefined) tags = tags.where("tag", ">", after);
      if (search !== undefined) tags = tags.where(contains("tag", search));
      return db
        .selectFrom("tags")
        .selectAll()
        .where("mirror", "=", mirror)
        .where("tag", "in", tags)
        .orderBy("tag")
        .orderBy("destination")
        .execute();
    });
    return rows.map(tagOf);
  }

  async summaries(since: number): Promise<ReadonlyMap<string, MirrorTags>> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom("places")
        .leftJoin(
          (lags) =>
            lags
              .selectFrom("tags")
              .select(({ fn }) => ["mirror", "repository", fn.max<number>("lag").as("lag")])
              .where("arrivedAt", ">=", since)
              .where("lag", "is not", null)
              .groupBy(["mirror", "repository"])
              .as("lags"),
          (on) => on.onRef("lags.mirror", "=", "places.mirror").onRef("lags.repository", "=", "places.repository"),
        )
        .selectAll("places")
        .select("lags.lag")
        .execute(),
    );
    const byMirror = Map.groupBy(rows, ({ mirror }) => mirror);
    return new Map(
      [...byMirror].map(([mirror, places]) => {
        const destinations = new Map(
          places.map(({ mirror: _same, repository, ...summary }) => [repository, known(summary)]),
        );
        return [mirror, { ...together([...destinations.values()]), destinations }];
      }),
    );
  }

  async keepOnly(mirrors: readonly string[]): Promise<void> {
    await this.#database.write(async (trx) => {
      const isOther = otherThan(mirrors);
      await trx.deleteFrom("tags").where(isOther).execute();
      await trx.deleteFrom("places").where(isOther).execute();
      await trx
        .deleteFrom("mirrors")
        .where(isOther)
        .where("mirror", "not in", (runs) =>
          runs.selectFrom("runs").select("mirror").where("state", "in", [QUEUED, RUNNING]),
        )
        .execute();
    });
  }
}

function otherThan(mirrors: readonly string[]) {
  return mirrors.length === 0
    ? sql<boolean>`1 = 1`
    : sql<boolean>`${sql.ref("mirror")} not in (${sql.join([...mirrors])})`;
}

/** Whether a column has this in it, as it is written; tags are ASCII. */
function contains(column: string, search: string) {
  const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}

function tagOf({ repository: _part, ...row }: Selectable<Tables["tags"]>): TagRecord {
  return withError(row);
}

/** What parts come to as a whole. */
function together(parts: readonly TagSummary[]): TagSummary {
  const sum = (of: (part: TagSummary) => number) => parts.reduce((total, part) => total + of(part), 0);
  const valuesOf = (of: (part: TagSummary) => number | undefined) =>
    parts.map(of).filter((value) => value !== undefined);
  const [behindSince, lag, inStepAt] = [
    valuesOf((part) => part.behindSince),
    valuesOf((part) => part.lag),
    valuesOf((part) => part.inStepAt),
  ];
  return {
    total: sum((part) => part.total),
    inStep: sum((part) => part.inStep),
    behind: sum((part) => part.behind),
    failed: sum((part) => part.failed),
    ...(behindSince.length === 0 ? {} : { behindSince: Math.min(...behindSince) }),
    ...(lag.length === 0 ? {} : { lag: Math.max(...lag) }),
    ...(inStepAt.length === 0 ? {} : { inStepAt: Math.max(...inStepAt) }),
  };
}
