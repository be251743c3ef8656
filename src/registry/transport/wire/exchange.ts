import type { Answer, Request } from "../exchange.ts";
import type { WireAnswer } from "./answer.ts";

/** One question and its answer. */
export class Exchange {
  readonly request: Request;
  readonly answer: Promise<Answer>;
  readonly resolve: (answer: Answer) => void;
  readonly done: () => void;
  answered: WireAnswer | undefined;
  /** Whether all of the body has been sent. */
  isSent: boolean;
  abort: (reason: unknown) => void = () => {};
  readonly onAbort = () => this.abort(this.request.signal?.reason);
  readonly #reject: (error: Error) => void;
  readonly #body = new AbortController();

  constructor(request: Request, done: () => void) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.request = request;
    this.answer = promise;
    this.resolve = resolve;
    this.#reject = reject;
    this.done = done;
    this.isSent = request.body === undefined;
  }

  get bodySignal(): AbortSignal {
    return this.#body.signal;
  }

  get wantsNoMore(): boolean {
    return this.#body.signal.aborted;
  }

  stopBody(): void {
    this.#body.abort();
  }

  leave(): void {
    this.request.signal?.removeEventListener("abort", this.onAbort);
  }

  fail(error: Error): void {
    if (this.answered === undefined) this.#reject(error);
    else this.answered.fail(error);
  }
}
