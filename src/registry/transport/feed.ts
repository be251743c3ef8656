import { Readable } from "node:stream";
import type { Body, Sink } from "../../target/target.ts";

/** Bytes that may wait between a source and a socket: enough to keep the socket busy, little times many sockets. */
const WAITING_BYTES = 256 * 1024;

/** A body as the stream that undici sends: what the body gives, the socket takes, and neither runs ahead of the other. */
export class Feed extends Readable {
  #goOn: (() => void) | undefined;
  readonly #abort = new AbortController();

  constructor(body: Body) {
    super({ highWaterMark: WAITING_BYTES });
    const sink: Sink = (chunk) => {
      if (this.destroyed) throw new Error("the receiver is gone");
      // undici does not tell when it is done with a chunk, and it is only lent
      if (this.push(Buffer.from(chunk))) return undefined;
      return new Promise((resolve) => {
        this.#goOn = resolve;
      });
    };
    body(sink, { signal: this.#abort.signal }).then(
      () => this.push(null),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _read(): void {
    const goOn = this.#goOn;
    this.#goOn = undefined;
    goOn?.();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#abort.abort(error ?? undefined);
    this._read();
    done(error);
  }
}
