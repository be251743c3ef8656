import { setTimeout as sleep } from "node:timers/promises";

/** The time that GitHub wants to be left alone: what asks in the meantime waits. */
export class Pause {
  readonly #longest: number;
  readonly #tell: (seconds: number) => void;
  #end = 0;

  /** @param longest no pause is longer, in milliseconds */
  constructor(longest: number, tell: (seconds: number) => void) {
    this.#longest = longest;
    this.#tell = tell;
  }

  begin(milliseconds: number): void {
    const clamped = Math.min(milliseconds, this.#longest);
    if (clamped <= 0) return;
    this.#end = Math.max(this.#end, performance.now() + clamped);
    this.#tell(clamped / 1000);
  }

  /** Resolves when it is over. @throws the signal's reason */
  async over(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const left = this.#end - performance.now();
      if (left <= 0) return;
      await wait(left, signal);
    }
  }
}

/** @throws the signal's reason */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown;
  }
}
