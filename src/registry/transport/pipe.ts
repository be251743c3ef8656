import type { Body, Sink } from "../../target/target.ts";
import { failure } from "../../words/error.ts";

/** A body that is written to from outside, for content that flows through several requests. It can be read once. */
export class Pipe {
  readonly #reader = Promise.withResolvers<Sink>();
  readonly #finished = Promise.withResolvers<void>();
  #opened = false;

  constructor() {
    this.#reader.promise.catch(() => {});
    this.#finished.promise.catch(() => {});
  }

  readonly body: Body = (sink) => {
    if (this.#opened) {
      return Promise.reject(
        failure("UNEXPECTED", { reason: "a part of an upload cannot be sent twice" }, { retryable: true }),
      );
    }
    this.#opened = true;
    this.#reader.resolve(sink);
    return this.#finished.promise;
  };

  /** Resolves when the reader has taken the chunk. Rejects where it will not, or will never come. */
  async write(chunk: Uint8Array): Promise<void> {
    const sink = await this.#reader.promise;
    await sink(chunk);
  }

  end(): void {
    this.#finished.resolve();
  }

  /** Ends it from either side. */
  fail(error: unknown): void {
    this.#reader.reject(error);
    this.#finished.reject(error);
  }
}
