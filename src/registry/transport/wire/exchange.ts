import type { Answer, Request } from "../exchange.ts";
import type { WireAnswer } from "./answer.ts";

/** Milliseconds without a byte, where the other side is waited for: for an answer to begin, and within a body. */
export interface Silence {
  readonly head: number;
  readonly body: number;
}

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
  /** Made for a body that flows; most questions have none. */
  #body: AbortController | undefined;

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
    this.#body ??= new AbortController();
    return this.#body.signal;
  }

  get wantsNoMore(): boolean {
    return this.bodySignal.aborted;
  }

  /** Whether the other side has all that it was to get, and says nothing yet. */
  get awaitsHead(): boolean {
    return this.isSent && this.answered === undefined;
  }

  stopBody(): void {
    this.#body?.abort();
  }

  leave(): void {
    this.request.signal?.removeEventListener("abort", this.onAbort);
  }

  fail(error: Error): void {
    if (this.answered === undefined) this.#reject(error);
    else this.answered.fail(error);
  }
}
