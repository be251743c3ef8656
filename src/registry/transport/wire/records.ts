import type { Socket } from "node:net";
import type { ReadInto } from "./open-socket.ts";

/** No TLS record holds more. https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const RECORD_BYTES = 16 * 1024;

/**
 * TLS hands its records on one by one, 16 KiB at most: a GiB would be 65,536 chunks. They are gathered in the reader's
 * buffer until it is full or all that has come in is decrypted. The socket keeps the one buffer that it reads into: it
 * asks for the next before anybody knows whether the last is to be handed on.
 */
export class Records {
  readonly #reader: ReadInto;
  readonly #record = Buffer.allocUnsafeSlow(RECORD_BYTES);
  #buffer: Uint8Array | undefined;
  #used = 0;
  #socket: Socket | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(reader: ReadInto) {
    this.#reader = reader;
  }

  /** What the socket reads into. */
  readonly into: ReadInto = {
    buffer: () => this.#record,
    callback: (bytes) => {
      const buffer = this.#buffer ?? this.#reader.buffer();
      this.#buffer = buffer;
      buffer.set(this.#record.subarray(0, bytes), this.#used);
      this.#used += bytes;
      if (buffer.byteLength - this.#used < RECORD_BYTES) return this.#handOn();
      this.#turn ??= setImmediate(() => {
        if (!this.#handOn()) this.#socket?.pause();
      });
      return true;
    },
  };

  /** What the socket has given is handed on before its end or its error is told: call it before others listen. */
  follow(socket: Socket): void {
    this.#socket = socket;
    for (const event of ["end", "error", "close"]) socket.on(event, () => this.#handOn());
  }

  /** @returns whether to go on reading */
  #handOn(): boolean {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    const buffer = this.#buffer;
    const bytes = this.#used;
    if (buffer === undefined || bytes === 0) return true;
    this.#buffer = undefined;
    this.#used = 0;
    return this.#reader.callback(bytes, buffer);
  }
}
