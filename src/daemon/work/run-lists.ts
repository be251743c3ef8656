import { SharedLists } from "../../copy/shared-lists.ts";

interface Kept {
  readonly lists: SharedLists;
  users: number;
}

/** Lists of tags for the jobs of a run that one process does, as long as one of them is under way. */
export class RunLists {
  readonly #runs = new Map<string, Kept>();

  /** Works with the lists of a run. */
  async with<T>(run: string, work: (lists: SharedLists) => Promise<T>): Promise<T> {
    const kept = this.#runs.get(run) ?? { lists: new SharedLists(), users: 0 };
    this.#runs.set(run, kept);
    kept.users += 1;
    try {
      return await work(kept.lists);
    } finally {
      kept.users -= 1;
      if (kept.users === 0) this.#runs.delete(run);
    }
  }
}
