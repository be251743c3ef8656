import type { Bell } from "../bell.ts";
import type { Changes } from "../database.ts";
import { IS_OPEN } from "../literals.ts";
import type { Queue } from "../work/queue.ts";

/** In one process with one connection, the rows of ready jobs are the queue. */
export class RowsQueue implements Queue {
  readonly #bell: Bell;

  constructor(bell: Bell) {
    this.#bell = bell;
  }

  async put(): Promise<void> {
    // Whoever wakes has to wait for this transaction: there is one connection.
    this.#bell.ring();
  }

  async take(trx: Changes): Promise<string | undefined> {
    const job = await trx
      .selectFrom("jobs")
      .select("id")
      .where(IS_OPEN)
      .where("state", "=", "ready")
      .orderBy("kind") // "batch" comes before "plan"
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    return job?.id;
  }
}
