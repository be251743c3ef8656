/** Where a reader is. */
export interface Reader {
  /** Says how far it has come, in bytes from the beginning. */
  reached(at: number): void;
  leave(): void;
}

/** So long, in milliseconds, a source waits for readers that do not move at all: they may have been told to wait themselves. */
const LONGEST_WAIT = 200;
/** So long it waits for readers that are still to come, while what they want first is in memory. */
const START = 300;
/** What of its time a source may spend on waiting for readers that are slower than the fastest. */
const PATIENCE = 0.05;

/**
 * Keeps a source and its readers together, so that what one read brings is in memory for all of them: a source that runs
 * ahead, or a reader that begins late, would have everything read from disk again. The source waits for the fastest
 * reader; for the others only a little, so that none holds up another for long.
 */
export class Pace {
  /** How many readers there are or are to come, as far as is known. */
  expected = 0;
  readonly #span: number;
  readonly #readers = new Map<Reader, number>();
  #began = 0;
  #spent = 0;
  #look: (() => void) | undefined;

  /** @param span bytes that are in memory behind what was written last */
  constructor(span: number) {
    this.#span = span;
  }

  reader(at: number): Reader {
    const reader: Reader = {
      reached: (now) => {
        this.#readers.set(reader, now);
        this.#look?.();
      },
      leave: () => {
        this.#readers.delete(reader);
        this.#look?.();
      },
    };
    this.#readers.set(reader, at);
    this.#look?.();
    return reader;
  }

  /** For the one source: a wait, where it should not give more just now. @param written bytes that it has given */
  wait(written: number): Promise<void> | undefined {
    const now = performance.now();
    if (this.#began === 0) this.#began = now;
    const most = this.#mostWait(written, now);
    if (most <= 0) return undefined;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#look = undefined;
        if (this.#fastest >= written - this.#span / 2) this.#spent += performance.now() - now;
        resolve();
      };
      const timer = setTimeout(end, most);
      this.#look = () => {
        if (this.#mostWait(written, now) <= 0) end();
      };
    });
  }

  /** @returns milliseconds; 0: go on */
  #mostWait(written: number, now: number): number {
    const enough = written - this.#span / 2;
    if (enough <= 0) return 0;
    if (this.#readers.size < this.expected && written < this.#span) return START - (now - this.#began);
    if (this.#readers.size === 0) return 0;
    if (this.#fastest < enough) return LONGEST_WAIT;
    for (const at of this.#readers.values()) {
      if (at < enough && at >= written - this.#span) {
        return Math.min(LONGEST_WAIT, PATIENCE * (now - this.#began) + START - this.#spent);
      }
    }
    return 0;
  }

  get #fastest(): number {
    let fastest = 0;
    for (const at of this.#readers.values()) fastest = Math.max(fastest, at);
    return fastest;
  }
}
