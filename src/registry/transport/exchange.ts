import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Body, Sink } from "../../target/target.ts";
import { Feed } from "./feed.ts";
import { gather } from "./gather.ts";

/** One HTTP request, as it goes out. */
export interface Request {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  readonly signal?: AbortSignal;
  /** About how many bytes will flow, where that is known to be much. */
  readonly bytes?: number;
  /** true: over a connection that carries nothing else; where a proxy is in between, nothing after it. */
  readonly alone?: boolean;
  /** Called when the connection is open, right before the first byte is written. What it throws ends the request. */
  readonly beforeSend?: () => void;
}

/** Bytes in memory, or a body of known length that is opened for this attempt. */
export type RequestBody = Uint8Array | { readonly length: number; readonly open: Body };

/** The start of an answer. Its body must be read or dropped: it holds a connection until then. */
export interface Answer {
  readonly status: number;
  header(name: string): string | undefined;
  /** Gives the body to a sink, at the sink's pace. */
  read(sink: Sink): Promise<void>;
  /** The whole body, of which more than `limit` bytes end the connection. @throws RangeError */
  bytes(limit: number): Promise<Buffer>;
  /** Lets go of the body: small rests are read so that the connection can be used again, others end it. */
  drop(): Promise<void>;
}

const WORTH_READING = 64 * 1024;

/**
 * Sends one request and resolves when the answer's head is here. Rejects with what undici or the body threw.
 * No promise is made for each chunk: a sink that is ready costs a function call.
 */
export function exchange(dispatcher: Dispatcher, request: Request): Promise<Answer> {
  const { body } = request;
  const streamed = body !== undefined && !(body instanceof Uint8Array);
  const length = body === undefined ? undefined : streamed ? body.length : body.byteLength;
  const receiver = new Receiver(request);
  let bodyError: Error | undefined;
  let feed: Feed | undefined;
  if (streamed) {
    feed = new Feed(body.open);
    feed.on("error", (error) => {
      bodyError = error;
    });
    receiver.ended = () => feed?.destroy();
  }
  dispatcher.dispatch(
    {
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: { ...request.headers, ...(length !== undefined && { "content-length": String(length) }) },
      body: feed ?? (streamed ? null : (body ?? null)),
      // undici closes the connection after each HEAD unless told not to
      reset: request.alone ?? false,
    },
    receiver,
  );
  return receiver.answer.catch((error: unknown) => {
    // what made the body fail is the cause; the broken request is only its effect
    throw bodyError ?? error;
  });
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Answer>;
  ended: () => void = () => {};
  readonly #started = Promise.withResolvers<Answer>();
  readonly #finished = Promise.withResolvers<void>();
  readonly #signal: AbortSignal | undefined;
  readonly #beforeSend: (() => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #sink: Sink | undefined;
  #over = false;
  readonly #onAbort = () => this.#abort(this.#signal?.reason);

  constructor({ signal, beforeSend }: Pick<Request, "signal" | "beforeSend">) {
    this.answer = this.#started.promise;
    this.#finished.promise.catch(() => {});
    this.#signal = signal;
    this.#beforeSend = beforeSend;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // given up while it waited for a connection: nobody would read what it brings
    if (this.#over) controller.abort(new Error("the request was given up before it was sent"));
    else if (this.#signal?.aborted) this.#onAbort();
    else this.#check();
  }

  #check(): void {
    try {
      this.#beforeSend?.();
    } catch (error) {
      this.#abort(error);
    }
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    controller.pause();
    this.#started.resolve({
      status,
      header: (name) => {
        const value = headers[name];
        return Array.isArray(value) ? value.join(", ") : value;
      },
      read: (sink) => this.#read(sink),
      bytes: (limit) => gather((sink) => this.#read(sink), limit),
      drop: () => this.#drop(),
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    try {
      const wait = this.#sink?.(chunk);
      if (wait === undefined) return;
      controller.pause();
      wait.then(
        () => controller.resume(),
        (error: unknown) => this.#abort(error),
      );
    } catch (error) {
      this.#abort(error);
    }
  }

  onResponseEnd(): void {
    this.#settle();
    this.#finished.resolve();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #read(sink: Sink): Promise<void> {
    this.#sink = sink;
    this.#controller?.resume();
    return this.#finished.promise;
  }

  async #drop(): Promise<void> {
    if (this.#over || this.#sink !== undefined) return;
    let size = 0;
    await this.#read((chunk) => {
      size += chunk.byteLength;
      if (size > WORTH_READING) throw new RangeError("not worth reading");
      return undefined;
    }).catch(() => {});
  }

  #abort(reason: unknown): void {
    if (this.#over) return;
    const error = reason instanceof Error ? reason : new Error(String(reason));
    // before undici has started the request nothing else would ever answer
    if (this.#controller === undefined) this.#fail(error);
    else this.#controller.abort(error);
  }

  #fail(error: Error): void {
    this.#settle();
    this.#started.reject(error);
    this.#finished.reject(error);
  }

  #settle(): void {
    this.#over = true;
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.ended();
  }
}
