/** With three or four of them the network and the receiver never wait for each other. */
const BUFFERS = 4;

/** The buffers that one connection reads into, over and over: memory does not grow with what flows, nor is it freed and taken again. */
export class Ring {
  readonly #bytes: number;
  readonly #free: Uint8Array[] = [];
  #made = 0;

  /** @param bytes of each buffer */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** A buffer to read into. The reader asks for the next one before it pauses, so there is always one. */
  take(): Uint8Array {
    const buffer = this.#free.pop();
    if (buffer !== undefined) return buffer;
    this.#made += 1;
    return Buffer.allocUnsafeSlow(this.#bytes);
  }

  give(buffer: Uint8Array): void {
    this.#free.push(buffer);
  }

  /** Whether only one is left: the reader should take it and wait until another is given back. */
  get isShort(): boolean {
    return this.#free.length + BUFFERS - this.#made <= 1;
  }
}
