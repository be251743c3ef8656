/** Bytes that are both on disk and still in memory, lent to whoever reads just there. Give them back when done. */
export interface Lent {
  readonly bytes: Uint8Array;
  giveBack(): void;
}

interface Filled {
  readonly buffer: Buffer;
  readonly start: number;
  readonly length: number;
  borrowers: number;
}

/** Readers that are no further behind than this read memory instead of the disk. */
const MOST = 8;

/**
 * The last few buffers that were written to a file. A buffer is used again once nobody has it, so memory is bounded by
 * those few and one for each reader that holds on to an older one.
 */
export class RecentBytes {
  readonly #size: number;
  readonly #filled: Filled[] = [];
  readonly #free: Buffer[] = [];

  /** @param size bytes of each buffer */
  constructor(size: number) {
    this.#size = size;
  }

  /** How far a reader may be behind before it has to read the disk, in bytes. */
  get span(): number {
    return MOST * this.#size;
  }

  /** A buffer to fill. */
  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size);
  }

  /** A buffer whose first `length` bytes are on disk from `start` on. */
  give(buffer: Buffer, start: number, length: number): void {
    this.#filled.push({ buffer, start, length, borrowers: 0 });
    if (this.#filled.length <= MOST) return;
    const oldest = this.#filled.shift();
    if (oldest?.borrowers === 0) this.#free.push(oldest.buffer);
  }

  /** The bytes from `at` on, up to `end`, as far as one buffer has them. */
  lend(at: number, end: number): Lent | undefined {
    const found = this.#filled.find(({ start, length }) => at >= start && at < start + length);
    if (found === undefined) return undefined;
    found.borrowers += 1;
    return {
      bytes: found.buffer.subarray(at - found.start, Math.min(found.length, end - found.start)),
      giveBack: () => {
        found.borrowers -= 1;
        if (found.borrowers === 0 && !this.#filled.includes(found)) this.#free.push(found.buffer);
      },
    };
  }

  /** Forgets everything: the file starts again, or nobody reads it any more. */
  clear(): void {
    this.#filled.length = 0;
    this.#free.length = 0;
  }
}
