/**
 * Looks once in a while whether there is anything new, for as long as somebody waits for it: one look for all who do.
 * Workers may be other processes, so the store is the only one that knows.
 */
export class Poller {
  readonly #look: () => Promise<boolean>;
  readonly #every: number;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #version = 0;

  /** @param look tells whether there was anything; one that throws is tried again. @param every milliseconds */
  constructor(look: () => Promise<boolean>, every: number) {
    this.#look = look;
    this.#every = every;
  }

  /** How often there was something new. */
  get version(): number {
    return this.#version;
  }

  /** Resolves when there is more than there was at `version`, or when it is aborted. */
  async after(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version > version || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake);
    this.#lookLater();
    await promise;
    signal.removeEventListener("abort", wake);
    this.#waiting.delete(wake);
  }

  #lookLater(): void {
    if (this.#timer !== undefined || this.#isLooking || this.#waiting.size === 0) return;
    const delay = Math.max(0, this.#lookedAt + this.#every - performance.now());
    this.#timer = setTimeout(() => void this.#lookNow(), delay);
  }

  async #lookNow(): Promise<void> {
    this.#timer = undefined;
    this.#isLooking = true;
    this.#lookedAt = performance.now();
    const isNew = await this.#look().catch(() => false);
    this.#isLooking = false;
    if (isNew) {
      this.#version += 1;
      const woken = [...this.#waiting];
      this.#waiting.clear();
      for (const wake of woken) wake();
    }
    this.#lookLater();
  }
}
