import { sql } from "kysely";
import { type Db, fromKysely, PgBoss } from "pg-boss";
import type { Bell } from "../bell.ts";
import type { Changes } from "../database.ts";
import { storeFailure } from "../failures.ts";
import type { Warn } from "../open.ts";
import type { JobRecord } from "../records.ts";
import type { Queue } from "../work/queue.ts";
import type { Address } from "./connect.ts";

/** Its tables are in a schema of their own. */
const SCHEMA = "slipway_queue";
const NAME = "jobs";
const CHANNEL = "slipway_jobs";

type ListenHandle = Awaited<ReturnType<NonNullable<Db["listen"]>>>;

interface Message {
  readonly job: string;
}

/**
 * Ready jobs in pg-boss. Its part is to hand each to one of many who ask at once, and to keep its tables small. A
 * message is taken out for good in the transaction that leases its job, so pg-boss never judges who has died, how often
 * to try again or how long to wait: the job's row does, by its lease and epoch.
 * https://pgboss.io
 */
export class BossQueue implements Queue {
  readonly #boss: PgBoss;
  readonly #listening: ListenHandle | undefined;

  private constructor(boss: PgBoss, listening: ListenHandle | undefined) {
    this.#boss = boss;
    this.#listening = listening;
  }

  /** @param warn is told of what fails in the background; it is tried again */
  static async start({ options, name }: Address, bell: Bell, warn: Warn): Promise<BossQueue> {
    const boss = new PgBoss({ ...options, schema: SCHEMA, max: 2, schedule: false });
    boss.on("error", (error) => warn(storeFailure(error, name)));
    try {
      await boss.start();
      // A queue that is there already is left as it is. A message is not to go because nobody came for long.
      await boss.createQueue(NAME, { retentionSeconds: 365 * 24 * 3600, retryLimit: 0 });
      const ring = () => bell.ring();
      // The last: also whenever it has connected again, as there may have been a message meanwhile.
      return new BossQueue(boss, await boss.getDb().listen?.(CHANNEL, ring, ring));
    } catch (error) {
      await boss.stop({ graceful: false });
      throw error;
    }
  }

  async put(trx: Changes, jobs: readonly Pick<JobRecord, "id" | "kind">[]): Promise<void> {
    const messages = jobs.map(({ id, kind }) => ({ data: { job: id }, priority: kind === "batch" ? 1 : 0 }));
    await this.#boss.insert(NAME, messages, { db: within(trx) });
    await sql`select pg_notify(${CHANNEL}, '')`.execute(trx);
  }

  async take(trx: Changes): Promise<string | undefined> {
    const db = within(trx);
    const [message] = await this.#boss.fetch<Message>(NAME, { db });
    if (message === undefined) return undefined;
    await this.#boss.deleteJob(NAME, message.id, { db });
    return message.data.job;
  }

  async stop(): Promise<void> {
    await this.#listening?.close();
    await this.#boss.stop({ graceful: false });
  }
}

function within(trx: Changes): Db {
  return fromKysely(trx.withoutPlugins());
}
