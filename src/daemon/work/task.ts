import type { SharedLists } from "../../copy/shared-lists.ts";
import type { Instant } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { ServedMirror } from "../control.ts";
import type { Client } from "./clients.ts";
import type { Hold } from "./hold.ts";
import type { Journal } from "./journal.ts";

/** A job, and all that it is done with. */
export interface Task {
  readonly hold: Hold;
  readonly journal: Journal;
  readonly mirror: ServedMirror;
  /** When the configuration was loaded that says what the mirror means. */
  readonly loadedAt: Instant;
  /** Tags that one worker takes at once. */
  readonly batch: number;
  readonly client: Client;
  /** Lists of tags that other jobs of the run read, too; none for a job that somebody has begun before. */
  readonly lists: SharedLists | undefined;
  readonly store: Pick<Store, "tags" | "mirrors" | "runs">;
  readonly now: () => Instant;
}
