import { failure } from "../words/error.ts";

/** Ends a request when nothing has moved for too long. */
export class Watch implements Disposable {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  readonly #request: { readonly host: string; readonly operation: string };
  #timer: NodeJS.Timeout | undefined;

  /** @param milliseconds of silence that are borne */
  constructor(milliseconds: number, host: string, operation: string) {
    this.#milliseconds = milliseconds;
    this.#request = { host, operation };
    this.#timer = this.#begin();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something has moved; after the end that means nothing, as when an answer comes before a body is taken whole. */
  tick(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = this.#begin();
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
    this.#timer = undefined;
  }

  #begin(): NodeJS.Timeout {
    return setTimeout(() => {
      const reason = `no byte moved for ${this.#milliseconds / 1000} s`;
      this.#controller.abort(failure("GITHUB_UNREACHABLE", { ...this.#request, reason }, { retryable: true }));
    }, this.#milliseconds);
  }
}
