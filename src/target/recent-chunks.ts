/** As much as readers that keep up lie apart. */
const MOST_BYTES = 6 * 1024 * 1024;

/**
 * The last few MiB of what goes into a file. Who reads right behind the writer is given the same memory, and costs no
 * read of the file.
 */
export class RecentChunks {
  readonly #chunks: { readonly start: number; readonly bytes: Uint8Array }[] = [];
  #end: number;

  /** @param start where in the file the first chunk goes */
  constructor(start: number) {
    this.#end = start;
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push({ start: this.#end, bytes });
    this.#end += bytes.byteLength;
    while (this.#end - (this.#chunks[0]?.start ?? this.#end) > MOST_BYTES) this.#chunks.shift();
  }

  /** What there is from a position on, up to `length` bytes; undefined where it is too long ago. */
  from(position: number, length: number): Uint8Array | undefined {
    for (const { start, bytes } of this.#chunks) {
      if (position < start) return undefined;
      if (position < start + bytes.byteLength) return bytes.subarray(position - start, position - start + length);
    }
    return undefined;
  }
}
