import { failure, SlipwayError } from "../words/error.ts";
import type { RegistryEvent } from "./events.ts";
import type { Pulls } from "./pulls.ts";
import { type ConnectionLimits, mapConnectionError } from "./transport/connection/index.ts";
import type { Answer, Request } from "./transport/exchange.ts";
import { type Lane, type LaneLimits, Lanes } from "./transport/lanes.ts";
import { type MinimumPace, pacedAnswer, pacedRequest } from "./transport/pace.ts";
import { retryAfter } from "./transport/retry.ts";

export interface SenderSetup {
  readonly host: string;
  readonly userAgent: string;
  readonly limits: LaneLimits;
  readonly connectionLimits: ConnectionLimits;
  /** Bytes a second that bodies have to move; 0: whatever they like. */
  readonly minimumRate: number;
  readonly pulls: Pulls;
  /** Sends one request; `foreign` ones go to addresses that the registry named. */
  readonly send: (request: Request, foreign: boolean) => Promise<Answer>;
  readonly tell: (event: RegistryEvent) => void;
}

/** Sends a host's requests when its limits allow it, and notes what its answers say about them. */
export class Sender {
  requests = 0;
  readonly #setup: SenderSetup;
  readonly #lanes: Lanes;

  constructor(setup: SenderSetup) {
    this.#setup = setup;
    this.#lanes = new Lanes(setup.limits);
  }

  /** The same ways to another host that goes with this one: it has limits and pauses of its own. */
  beside(host: string): Sender {
    return new Sender({ ...this.#setup, host });
  }

  /** Waits for its turn in a lane, sends, and gives the answer to `use`; what `use` leaves unread is let go. */
  inLane<T>(lane: Lane, request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    const send = () => this.#lanes.run(lane, () => this.#send(lane, request, foreign, use), request.signal);
    return foreign ? send() : this.#setup.pulls.make(request, send);
  }

  /** Sends at once: for what goes on from a request that is in a lane already. */
  now<T>(request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    return this.#send("download", request, foreign, use);
  }

  async #send<T>(lane: Lane, request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    const { host, userAgent, send, tell, connectionLimits, pulls } = this.#setup;
    const operation = `${request.method} ${request.url.pathname}`;
    const pace = this.#pace(operation);
    const pullsEnded = pulls.endedBefore(request);
    const started = performance.now();
    try {
      this.requests += 1;
      const identified = { ...request, headers: { "user-agent": userAgent, ...request.headers } };
      const answer = await send(pacedRequest(identified, pace), foreign);
      const milliseconds = Math.round(performance.now() - started);
      this.#lanes.observe(lane, milliseconds, answer.status);
      const url = request.url.origin + request.url.pathname;
      tell({ kind: "request", method: request.method, url, status: answer.status, milliseconds });
      if (!foreign) pulls.observe(request, answer, pullsEnded);
      this.#heed(answer);
      try {
        return await use(request.method === "HEAD" ? answer : pacedAnswer(answer, pace));
      } finally {
        await answer.drop();
      }
    } catch (thrown) {
      request.signal?.throwIfAborted();
      if (thrown instanceof SlipwayError) throw thrown;
      throw mapConnectionError(thrown, { host, operation, limits: connectionLimits });
    }
  }

  /** The average is taken over half of the silence that is borne, so that what crawls is noticed before it would be. */
  #pace(operation: string): MinimumPace {
    const { host, minimumRate, connectionLimits } = this.#setup;
    const seconds = connectionLimits.bodyTimeout / 2000;
    const facts = { host, operation, least: minimumRate, seconds };
    return {
      bytesPerSecond: minimumRate,
      window: seconds * 1000,
      fail: (rate) => failure("TOO_SLOW", { ...facts, rate }, { retryable: true }),
    };
  }

  /** A request to wait holds for everything that asks this host. */
  #heed(answer: Answer): void {
    if (answer.status !== 429 && answer.status !== 503) return;
    const wait = retryAfter(answer.header("retry-after"));
    if (wait === undefined || wait === 0) return;
    this.#lanes.pause(wait);
    const reason = answer.status === 429 ? "rate-limit" : "back-off";
    this.#setup.tell({ kind: "waiting", host: this.#setup.host, seconds: wait / 1000, reason });
  }
}
