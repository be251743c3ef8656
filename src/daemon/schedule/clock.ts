import type { Instant } from "../../store/records.ts";

/** The time, and being woken later. */
export interface Clock {
  now(): Instant;
  /** Calls `wake` once after so many milliseconds; the answer takes that back. Nothing is kept alive for it. */
  after(milliseconds: number, wake: () => void): () => void;
}

/** The machine's. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, wake) => {
    const timer = setTimeout(wake, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
