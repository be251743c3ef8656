import type { Sink } from "../../../target/target.ts";
import type { Answer } from "../exchange.ts";
import { gather } from "../gather.ts";
import type { Framing } from "./framing.ts";
import type { Head } from "./head.ts";

/** What an answer needs of its connection. */
export interface AnswerHooks {
  readonly resume: () => void;
  readonly end: (error: Error) => void;
}

const WORTH_READING = 64 * 1024;

/** An answer that is read from a {@link WireConnection}; bytes that come before anybody reads wait in the socket. */
export class WireAnswer implements Answer {
  readonly status: number;
  readonly #head: Head;
  readonly #framing: Framing;
  readonly #hooks: AnswerHooks;
  readonly #finished = Promise.withResolvers<void>();
  #first: { readonly bytes: Uint8Array; readonly taken: PromiseWithResolvers<void> } | undefined;
  #sink: Sink | undefined;
  #turn: Promise<void> | undefined;
  #ended = false;
  #hasFailed = false;

  constructor(head: Head, framing: Framing, hooks: AnswerHooks) {
    this.status = head.status;
    this.#head = head;
    this.#framing = framing;
    this.#hooks = hooks;
    this.#finished.promise.catch(() => {});
  }

  get isWhole(): boolean {
    return this.#first === undefined && (this.#framing.isWhole || this.#ended);
  }

  get endsWithConnection(): boolean {
    return this.#framing.endsWithConnection;
  }

  /** Whether bytes wait for somebody to read. */
  get isUnread(): boolean {
    return this.#sink === undefined;
  }

  /** Settles when the sink has taken all that has come so far; undefined where nothing waits for it. */
  get turn(): Promise<void> | undefined {
    return this.#turn;
  }

  header(name: string): string | undefined {
    return this.#head.headers.get(name);
  }

  /** Takes bytes of the body; a sink that is busy is given them in their turn. @returns a promise while they are in use */
  feed(bytes: Uint8Array): Promise<void> | undefined {
    if (bytes.byteLength === 0) return undefined;
    const sink = this.#sink;
    if (sink === undefined) {
      this.#first = { bytes, taken: Promise.withResolvers<void>() };
      return this.#first.taken.promise;
    }
    const before = this.#turn;
    const given =
      before === undefined
        ? this.#give(bytes, sink)
        : before.then(() => (this.#hasFailed ? undefined : this.#give(bytes, sink)));
    this.#turn = given;
    const over = () => {
      if (this.#turn === given) this.#turn = undefined;
    };
    given?.then(over, over);
    return given;
  }

  #give(bytes: Uint8Array, sink: Sink): Promise<void> | undefined {
    const parts: Uint8Array[] = [];
    this.#framing.feed(bytes, (part) => parts.push(part));
    return giveEach(parts, sink);
  }

  read(sink: Sink): Promise<void> {
    this.#sink = sink;
    const first = this.#first;
    this.#first = undefined;
    try {
      if (first !== undefined)
        (this.feed(first.bytes) ?? Promise.resolve()).then(first.taken.resolve, first.taken.reject);
      this.#hooks.resume();
    } catch (error) {
      this.#hooks.end(error instanceof Error ? error : new Error(String(error)));
    }
    return this.#finished.promise;
  }

  bytes(limit: number): Promise<Buffer> {
    return gather((sink) => this.read(sink), limit);
  }

  async drop(): Promise<void> {
    if (this.#sink !== undefined || this.#ended) return;
    if ((this.#framing.length ?? 0) <= WORTH_READING) await this.bytes(WORTH_READING).catch(() => {});
    else this.#hooks.end(new Error("the rest is not worth reading"));
  }

  complete(): void {
    this.#ended = true;
    this.#finished.resolve();
  }

  endOfConnection(): void {
    this.#ended = true;
  }

  /** The reader is told when its sink is done: whoever goes on from what arrived must know that nothing more does. */
  fail(error: Error): void {
    this.#ended = true;
    this.#hasFailed = true;
    this.#first?.taken.resolve();
    this.#first = undefined;
    const tell = () => this.#finished.reject(error);
    if (this.#turn === undefined) tell();
    else this.#turn.then(tell, tell);
  }
}

/** One after the other: a sink's promise means that it takes no more for now. */
function giveEach(parts: readonly Uint8Array[], sink: Sink): Promise<void> | undefined {
  for (const [at, part] of parts.entries()) {
    const wait = sink(part);
    if (wait !== undefined) return wait.then(() => giveEach(parts.slice(at + 1), sink));
  }
  return undefined;
}
