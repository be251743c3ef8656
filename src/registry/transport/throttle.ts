import type { Body, Sink } from "../../target/target.ts";
import { sleep } from "./lanes.ts";

/** So much may go at once after a quiet time; less would cost a timer for each chunk. */
const BURST_SECONDS = 0.1;

/** Bytes a second, over everything that passes. Whoever is ahead waits. */
export class Throttle {
  readonly #bytesPerSecond: number;
  /** When all that has passed would have passed at the pace that is allowed. */
  #paidUntil = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Counts bytes. @returns a promise when it is time to wait */
  pass(bytes: number, signal?: AbortSignal): Promise<void> | undefined {
    const now = performance.now();
    this.#paidUntil = Math.max(this.#paidUntil, now - BURST_SECONDS * 1000) + (bytes / this.#bytesPerSecond) * 1000;
    return this.#paidUntil <= now ? undefined : sleep(this.#paidUntil - now, signal);
  }

  /** The same body at the pace that is allowed. */
  slow(body: Body): Body {
    return (sink, options) => body(this.#slowed(sink, options?.signal), options);
  }

  #slowed(sink: Sink, signal: AbortSignal | undefined): Sink {
    return (chunk) => this.pass(chunk.byteLength, signal)?.then(() => sink(chunk)) ?? sink(chunk);
  }
}
