/** Runs what must not overlap with its like, one after the other; unlike work goes on side by side. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  async run(key: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const quiet = turn.catch(() => {});
    this.#last.set(key, quiet);
    try {
      await turn;
    } finally {
      if (this.#last.get(key) === quiet) this.#last.delete(key);
    }
  }
}
