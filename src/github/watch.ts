import { failure } from "../words/error.ts";

/** Ends a request when nothing has moved for too long. */
export class Watch implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  /** @param milliseconds of silence that are borne */
  constructor(milliseconds: number, host: string, operation: string) {
    this.#timer = setTimeout(() => {
      const reason = `no byte moved for ${milliseconds / 1000} s`;
      this.#controller.abort(failure("GITHUB_UNREACHABLE", { host, operation, reason }, { retryable: true }));
    }, milliseconds);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something has moved. */
  tick(): void {
    this.#timer.refresh();
  }

  /** The chunks of a body, each of which counts as a movement. */
  async *over(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.tick();
      yield chunk;
    }
    this.tick();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
