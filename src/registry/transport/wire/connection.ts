import type { Socket } from "node:net";
import type { Answer, Request } from "../exchange.ts";
import { WireAnswer } from "./answer.ts";
import { refused, socketError } from "./errors.ts";
import { Exchange, type Silence } from "./exchange.ts";
import { framingOf } from "./framing.ts";
import { type Head, HeadGatherer, writeHead } from "./head.ts";
import { type ReadInto, whenOpen } from "./open-socket.ts";
import { Ring } from "./ring.ts";

/** An idle connection ends before servers and load balancers end theirs. */
const KEEP_ALIVE_MILLISECONDS = 12_000;

/**
 * One HTTP/1.1 connection: bytes go from the socket into reused buffers and straight on, and every
 * chunk that is sent says when the kernel has it. One request at a time.
 */
export class WireConnection {
  readonly #socket: Socket;
  /** From then on what is written goes out at once. */
  readonly #opened: Promise<void>;
  readonly #ring: Ring;
  readonly #silence: Silence;
  readonly #gatherer = new HeadGatherer();
  #exchange: Exchange | undefined;
  #paused = false;
  /** Writes that the kernel has not taken yet. */
  #unflushed = 0;
  #isUsable = true;

  constructor(open: (onread: ReadInto) => Socket, silence: Silence, bufferBytes: number) {
    this.#silence = silence;
    this.#ring = new Ring(bufferBytes);
    this.#socket = open({
      buffer: () => this.#ring.take(),
      callback: (bytes, buffer) => this.#onBytes(bytes, buffer),
    });
    this.#opened = whenOpen(this.#socket);
    this.#socket.setNoDelay(true);
    this.#socket.on("error", (error) => this.#end(error));
    this.#socket.on("end", () => this.#afterBytes(() => this.#onEnd()));
    this.#socket.on("close", () =>
      this.#afterBytes(() => this.#end(socketError("ECONNRESET", "the other side closed the connection"))),
    );
    this.#socket.on("timeout", () => this.#onSilence());
  }

  /** Whether another request may use it. */
  get isUsable(): boolean {
    return this.#isUsable && this.#exchange === undefined && !this.#socket.destroyed;
  }

  get isOver(): boolean {
    return this.#socket.destroyed;
  }

  /** Sends a request; resolves when the answer's head is here. `done` is called when the connection is free again. */
  send(request: Request, done: () => void): Promise<Answer> {
    const exchange = new Exchange(request, done);
    this.#exchange = exchange;
    if (request.alone) this.#isUsable = false;
    this.#socket.ref();
    this.#socket.setTimeout(exchange.awaitsHead ? this.#silence.head : this.#silence.body);
    request.signal?.addEventListener("abort", exchange.onAbort, { once: true });
    exchange.abort = (reason) => this.#end(reason instanceof Error ? reason : new Error(String(reason)));
    if (request.signal?.aborted) exchange.onAbort();
    else this.#write(exchange).catch((error: unknown) => exchange.abort(error));
    return exchange.answer;
  }

  destroy(): void {
    this.#isUsable = false;
    this.#socket.destroy();
  }

  async #write(exchange: Exchange): Promise<void> {
    const { method, url, headers, body, beforeSend } = exchange.request;
    if (beforeSend !== undefined) {
      await this.#opened;
      if (this.#exchange !== exchange) return;
      beforeSend();
    }
    const length = body === undefined ? undefined : body instanceof Uint8Array ? body.byteLength : body.length;
    const sized = { ...headers, ...(length !== undefined && { "content-length": String(length) }) };
    const head = Buffer.from(writeHead(method, url, sized), "latin1");
    if (body === undefined) return this.#flushed(head);
    if (body instanceof Uint8Array) {
      await this.#flushed(Buffer.concat([head, body]));
    } else {
      this.#flushed(head).catch(() => {});
      await body.open((chunk) => (exchange.wantsNoMore ? refused() : this.#flushed(chunk)), {
        signal: exchange.bodySignal,
      });
    }
    exchange.isSent = true;
    if (exchange.awaitsHead && this.#exchange === exchange) this.#socket.setTimeout(this.#silence.head);
    this.#settle(exchange);
  }

  /** Resolves when the kernel has the bytes: from then on the buffer is free. */
  #flushed(chunk: Uint8Array): Promise<void> {
    this.#unflushed += 1;
    return new Promise((resolve, reject) => {
      this.#socket.write(chunk, (error) => {
        this.#unflushed -= 1;
        if (error == null) resolve();
        else reject(error);
      });
    });
  }

  /** @returns whether to go on reading */
  #onBytes(bytes: number, buffer: Uint8Array): boolean {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      this.#end(socketError("ECONNRESET", "an answer without a question"));
      return false;
    }
    try {
      const held =
        exchange.answered === undefined
          ? this.#onHead(exchange, buffer.subarray(0, bytes))
          : exchange.answered.feed(buffer.subarray(0, bytes));
      if (held === undefined) {
        this.#ring.give(buffer);
        if (exchange.answered?.isWhole) this.#settle(exchange);
        return this.#goOn();
      }
      held.then(
        () => {
          this.#ring.give(buffer);
          if (exchange.answered?.isWhole) this.#settle(exchange);
          if (this.#paused && !this.#ring.isShort) this.#resume();
        },
        (error: unknown) => exchange.abort(error),
      );
      return this.#goOn();
    } catch (error) {
      const isSyntax = error instanceof SyntaxError;
      exchange.abort(isSyntax ? socketError("HPE_INVALID", error.message) : error);
      return false;
    }
  }

  #goOn(): boolean {
    this.#paused = this.#ring.isShort || this.#exchange?.answered?.isUnread === true;
    return !this.#paused;
  }

  #resume(): void {
    this.#paused = false;
    this.#socket.resume();
  }

  /** Gathers the head; what comes behind it is body. */
  #onHead(exchange: Exchange, bytes: Uint8Array): Promise<void> | undefined {
    const whole = this.#gatherer.take(bytes);
    if (whole === undefined) return undefined;
    const { head, rest } = whole;
    if (head.status < 200) return rest.byteLength === 0 ? undefined : this.#onHead(exchange, rest);
    return this.#answer(exchange, head, rest);
  }

  #answer(exchange: Exchange, head: Head, rest: Uint8Array): Promise<void> | undefined {
    const answer = new WireAnswer(head, framingOf(exchange.request.method, head), {
      resume: () => this.#resume(),
      end: (error) => this.#end(error),
    });
    exchange.answered = answer;
    this.#socket.setTimeout(this.#silence.body);
    if (!head.keepsAlive || answer.endsWithConnection) this.#isUsable = false;
    const held = answer.feed(rest);
    exchange.resolve(answer);
    if (answer.isWhole) this.#settle(exchange);
    return held;
  }

  /** The question has been sent and its answer is whole: the connection is free. A refusal that came early ends it. */
  #settle(exchange: Exchange): void {
    const answer = exchange.answered;
    if (this.#exchange !== exchange || answer === undefined || !answer.isWhole) return;
    if (!exchange.isSent && exchange.request.body !== undefined) {
      exchange.stopBody();
      this.#isUsable = false;
    }
    this.#exchange = undefined;
    exchange.leave();
    if (this.#isUsable) {
      this.#socket.setTimeout(KEEP_ALIVE_MILLISECONDS);
      this.#socket.unref();
    } else {
      this.#socket.destroy();
    }
    answer.complete();
    exchange.done();
  }

  /** What has come is given on first: a server may close as soon as its last byte is out. */
  #afterBytes(work: () => void): void {
    const turn = this.#exchange?.answered?.turn;
    if (turn === undefined) {
      work();
    } else {
      const again = () => this.#afterBytes(work);
      turn.then(again, again);
    }
  }

  #onEnd(): void {
    const answer = this.#exchange?.answered;
    if (answer?.endsWithConnection && this.#exchange !== undefined) {
      answer.endOfConnection();
      this.#settle(this.#exchange);
    } else {
      this.#end(
        socketError(
          "ECONNRESET",
          answer === undefined ? "the other side closed the connection" : "the answer ends before its length",
        ),
      );
    }
  }

  /** Silence counts only where we wait for the other side, not for the giver of a body or for a sink. */
  #onSilence(): void {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      this.destroy();
    } else if (this.#paused || (!exchange.isSent && this.#unflushed === 0)) {
      this.#socket.setTimeout(this.#silence.body);
    } else {
      const code = exchange.awaitsHead ? "UND_ERR_HEADERS_TIMEOUT" : "UND_ERR_BODY_TIMEOUT";
      this.#end(socketError(code, "no byte for too long"));
    }
  }

  #end(error: Error): void {
    this.#isUsable = false;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#socket.destroy();
    if (exchange === undefined) return;
    exchange.leave();
    exchange.stopBody();
    exchange.fail(error);
    exchange.done();
  }
}
