const WINDOW = 60_000;
const ALLOWED = 10;
const MOST = 10_000;

interface Count {
  failed: number;
  readonly until: number;
}

/** Wrong tokens by where they came from: after ten in a minute there is a pause until that minute is over. */
export class Attempts {
  readonly #counts = new Map<string, Count>();

  /** Milliseconds until this client may try again; 0: at once. */
  pause(client: string, now: number): number {
    const count = this.#counts.get(client);
    return count === undefined || count.failed < ALLOWED ? 0 : Math.max(0, count.until - now);
  }

  failed(client: string, now: number): void {
    const count = this.#counts.get(client);
    if (count !== undefined && count.until > now) count.failed += 1;
    else {
      this.#counts.delete(client);
      this.#makeRoom(now);
      this.#counts.set(client, { failed: 1, until: now + WINDOW });
    }
  }

  /** The oldest go first: a map keeps the order in which its keys came. */
  #makeRoom(now: number): void {
    for (const [client, { until }] of this.#counts) {
      if (until > now && this.#counts.size < MOST) break;
      this.#counts.delete(client);
    }
  }
}
