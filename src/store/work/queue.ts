import type { Changes } from "../database.ts";
import type { JobRecord } from "../records.ts";

/** Hands out the ids of ready jobs, each to one who asks. What it says is a hint: the job's row decides. */
export interface Queue {
  /** Puts in jobs that have become ready; they are there when the transaction is. */
  put(trx: Changes, jobs: readonly Pick<JobRecord, "id" | "kind">[]): Promise<void>;
  /** Takes one out, batches first; it is back if the transaction fails. */
  take(trx: Changes): Promise<string | undefined>;
}
