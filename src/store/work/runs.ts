import type { Database } from "../database.ts";
import type { Ids } from "../ids.ts";
import { QUEUED, RUNNING } from "../literals.ts";
import type { EndedRuns, NumberedLine, RunPoint, RunRecord } from "../records.ts";
import { errorMember, runOf } from "../rows.ts";
import type { Runs, RunWish } from "../store.ts";
import { beginRun } from "./begin.ts";
import { cancelRun } from "./cancel.ts";
import { endedSince } from "./days.ts";
import type { Queue } from "./queue.ts";

interface Means {
  readonly database: Database;
  readonly queue: Queue;
  readonly ids: Ids;
}

/** Runs, open and ended. */
export class KeptRuns implements Runs {
  readonly #database: Database;
  readonly #queue: Queue;
  readonly #ids: Ids;

  constructor({ database, queue, ids }: Means) {
    this.#database = database;
    this.#queue = queue;
    this.#ids = ids;
  }

  begin(wish: RunWish): Promise<{ readonly run: RunRecord; readonly isNew: boolean }> {
    const means = { kind: this.#database.kind, ids: this.#ids, queue: this.#queue };
    return this.#database.write((trx) => beginRun(trx, wish, means));
  }

  cancel(id: string, at: number): Promise<boolean> {
    return this.#database.write((trx) => cancelRun(trx, this.#database.kind, this.#queue, id, at));
  }

  async get(id: string): Promise<RunRecord | undefined> {
    const row = await this.#database.read((db) =>
      db.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirst(),
    );
    return row === undefined ? undefined : runOf(row);
  }

  async list({ mirror, states, before, limit }: Parameters<Runs["list"]>[0]): Promise<readonly RunRecord[]> {
    const rows = await this.#database.read((db) => {
      let query = db.selectFrom("runs").selectAll().orderBy("id", "desc").limit(limit);
      if (mirror !== undefined) query = query.where("mirror", "=", mirror);
      if (states !== undefined) query = query.where("state", "in", states.length === 0 ? [null as never] : [...states]);
      if (before !== undefined) query = query.where("id", "<", before);
      return query.execute();
    });
    return rows.map(runOf);
  }

  async latest(mirrors: readonly string[]): Promise<readonly RunRecord[]> {
    if (mirrors.length === 0) return [];
    const rows = await this.#database.read((db) => {
      const runs = db
        .selectFrom("runs")
        .selectAll()
        .where("mirror", "in", [...mirrors]);
      const last = db
        .selectFrom("mirrors")
        .innerJoin("runs", "runs.id", "mirrors.lastRun")
        .selectAll("runs")
        .where("mirrors.mirror", "in", [...mirrors]);
      const underWay = runs.where("state", "=", RUNNING);
      return underWay
        .unionAll(runs.where("state", "=", QUEUED))
        .unionAll(last)
        .execute();
    });
    return rows.map(runOf);
  }

  async lines(id: string, after: number, limit: number): Promise<readonly NumberedLine[]> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom("lines")
        .select(["number", "at", "level", "key", "facts", "error"])
        .where("run", "=", id)
        .where("number", ">", after)
        .orderBy("number")
        .limit(limit)
        .execute(),
    );
    return rows.map(({ facts, error, ...line }) => {
      return { ...line, facts: JSON.parse(facts), ...errorMember(error ?? undefined) };
    });
  }

  async points(mirror: string, since: number): Promise<readonly RunPoint[]> {
    const rows = await this.#database.read((db) =>
      db
        .selectFrom("runs")
        .select(["id", "startedAt", "endedAt", "state", "bytesWritten", "copied", "failed", "lag"])
        .where("mirror", "=", mirror)
        .where("endedAt", ">=", since)
        .orderBy("endedAt")
        .execute(),
    );
    return rows.flatMap(({ startedAt, endedAt, lag, ...run }) => {
      if (endedAt === null) return [];
      const seconds = startedAt === null ? 0 : (endedAt - startedAt) / 1000;
      return [{ ...run, endedAt, seconds, ...(lag === null ? {} : { lag }) }];
    });
  }

  ended(since: number): Promise<ReadonlyMap<string, EndedRuns>> {
    return this.#database.read((db) => endedSince(db, since));
  }
}
