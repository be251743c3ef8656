/** Tells those who wait for work that there may be some; also what rang while they were still looking is heard. */
export class Bell {
  #rings = 0;
  /** How often it had rung when the last look began that found nothing. */
  #answered = 0;
  readonly #waiting = new Set<() => void>();

  ring(): void {
    this.#rings += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  /** A look begins. Call the answer when it has found nothing. */
  look(): () => void {
    const heard = this.#rings;
    return () => {
      this.#answered = Math.max(this.#answered, heard);
    };
  }

  /** Resolves when it has rung since the last look that found nothing, after `timeout` milliseconds, or with the signal. */
  wait(timeout: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#rings > this.#answered) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeout);
      signal.addEventListener("abort", wake);
      this.#waiting.add(wake);
    });
  }
}
