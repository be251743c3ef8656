import type { Instant } from "../../store/records.ts";
import type { Clock } from "./clock.ts";

/** A clock that a test moves: time passes (`pass`), or is set to something else (`set`), which wakes nobody. */
export class ManualClock implements Clock {
  #now: Instant;
  readonly #waiting = new Map<symbol, { left: number; readonly wake: () => void }>();

  constructor(now: Instant) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  after(milliseconds: number, wake: () => void): () => void {
    const key = Symbol();
    this.#waiting.set(key, { left: milliseconds, wake });
    return () => this.#waiting.delete(key);
  }

  set(now: Instant): void {
    this.#now = now;
  }

  /** Lets so many milliseconds go by, and everybody do their work who is woken meanwhile. */
  async pass(milliseconds: number): Promise<void> {
    let left = milliseconds;
    for (;;) {
      await settled();
      const step = Math.min(left, ...[...this.#waiting.values()].map((one) => one.left));
      this.#now += step;
      left -= step;
      const due = [...this.#waiting].filter(([, one]) => {
        one.left -= step;
        return one.left <= 0;
      });
      for (const [key, { wake }] of due) {
        this.#waiting.delete(key);
        wake();
      }
      if (due.length === 0 && left === 0) return;
    }
  }
}

/** All promises that need no time have been settled. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
