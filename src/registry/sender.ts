import { SlipwayError } from "../words/error.ts";
import type { RegistryEvent } from "./events.ts";
import { type RateLimit, readRateLimit } from "./rate-limit.ts";
import { mapConnectionError } from "./transport/connection/index.ts";
import type { Answer, Request } from "./transport/exchange.ts";
import { type Lane, type LaneLimits, Lanes } from "./transport/lanes.ts";
import { retryAfter } from "./transport/retry.ts";

export interface SenderSetup {
  readonly host: string;
  readonly userAgent: string;
  readonly limits: LaneLimits;
  /** Sends one request; `foreign` ones go to addresses that the registry named. */
  readonly send: (request: Request, foreign: boolean) => Promise<Answer>;
  readonly tell: (event: RegistryEvent) => void;
}

/** Sends a host's requests when its limits allow it, and notes what its answers say about them. */
export class Sender {
  requests = 0;
  rateLimit: RateLimit | undefined;
  readonly #setup: SenderSetup;
  readonly #lanes: Lanes;

  constructor(setup: SenderSetup) {
    this.#setup = setup;
    this.#lanes = new Lanes(setup.limits);
  }

  /** Waits for its turn in a lane, sends, and gives the answer to `use`; what `use` leaves unread is let go. */
  inLane<T>(lane: Lane, request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    return this.#lanes.run(lane, () => this.#send(lane, request, foreign, use), request.signal);
  }

  /** Sends at once: for what goes on from a request that is in a lane already. */
  now<T>(request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    return this.#send("download", request, foreign, use);
  }

  async #send<T>(lane: Lane, request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    const { host, userAgent, send, tell } = this.#setup;
    const started = performance.now();
    try {
      this.requests += 1;
      const answer = await send({ ...request, headers: { "user-agent": userAgent, ...request.headers } }, foreign);
      const milliseconds = Math.round(performance.now() - started);
      this.#lanes.observe(lane, milliseconds, answer.status);
      const url = request.url.origin + request.url.pathname;
      tell({ kind: "request", method: request.method, url, status: answer.status, milliseconds });
      this.#observe(answer);
      try {
        return await use(answer);
      } finally {
        await answer.drop();
      }
    } catch (thrown) {
      request.signal?.throwIfAborted();
      if (thrown instanceof SlipwayError) throw thrown;
      throw mapConnectionError(thrown, { host, operation: `${request.method} ${request.url.pathname}` });
    }
  }

  /** Rate-limit headers are noted; a request to wait holds for everything that asks this host. */
  #observe(answer: Answer): void {
    this.rateLimit = readRateLimit((name) => answer.header(name)) ?? this.rateLimit;
    if (answer.status !== 429 && answer.status !== 503) return;
    const wait = retryAfter(answer.header("retry-after"));
    if (wait === undefined || wait === 0) return;
    this.#lanes.pause(wait);
    const reason = answer.status === 429 ? "rate-limit" : "back-off";
    this.#setup.tell({ kind: "waiting", host: this.#setup.host, seconds: wait / 1000, reason });
  }
}
