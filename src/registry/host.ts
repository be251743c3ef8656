import { failure, SlipwayError } from "../words/error.ts";
import { type Asked, answerFailure } from "./answer-failure.ts";
import { Authorizer } from "./auth/authorizer.ts";
import { parseChallenge } from "./auth/challenge.ts";
import type { Scopes } from "./auth/scope.ts";
import type { CredentialStore } from "./credentials/credential.ts";
import type { RegistryEvent } from "./events.ts";
import { HostHealth } from "./host-health.ts";
import type { HostRule, UploadRule } from "./hosts/rule.ts";
import type { HostOptions } from "./options.ts";
import { type RateLimit, readRateLimit } from "./rate-limit.ts";
import { mapConnectionError } from "./transport/connection/index.ts";
import type { Answer, Request, RequestBody } from "./transport/exchange.ts";
import { type Lane, Lanes } from "./transport/lanes.ts";
import { redirectTarget } from "./transport/redirect.ts";
import { DEFAULT_RETRY, type RetryPolicy, retryAfter, retrying } from "./transport/retry.ts";

/** One request to a registry, as the client's parts ask for it. */
export interface Call {
  readonly method: Request["method"];
  /** Below the host: `/v2/library/busybox/tags/list?n=1000`; or where the registry said, for uploads and pages. */
  readonly path: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  readonly repository: string;
  readonly scopes: Scopes;
  readonly lane?: Lane;
  /** About how many bytes will flow; large bodies have connections of their own. */
  readonly bytes?: number;
  /** Statuses that `use` is given; all others become failures. */
  readonly expect: readonly number[];
  /** false: one try; the caller knows better how to go on. */
  readonly retry?: boolean;
  readonly signal?: AbortSignal;
}

export interface HostSetup {
  /** As in references. */
  readonly name: string;
  readonly base: URL;
  readonly rule: HostRule | undefined;
  readonly options: HostOptions & { readonly concurrency: number };
  readonly credentials: CredentialStore;
  /** Sends one request; `foreign` ones go to addresses that the registry named. */
  readonly send: (request: Request, foreign: boolean) => Promise<Answer>;
  readonly userAgent: string;
  readonly retry?: RetryPolicy;
  readonly signal?: AbortSignal;
  readonly tell?: (event: RegistryEvent) => void;
}

const MAX_REDIRECTS = 5;

/** One registry host: its connections, limits, pauses, tokens and quirks, shared by everything that asks it. */
export class Host {
  readonly name: string;
  readonly setup: HostSetup;
  readonly authorizer: Authorizer;
  readonly retry: RetryPolicy;
  requests = 0;
  rateLimit: RateLimit | undefined;
  /** Undefined until it is known. */
  hasReferrersApi: boolean | undefined;
  /** How blobs go up; changed when the host refuses it. */
  upload: UploadRule;
  readonly #turns = new Map<string, Promise<void>>();
  readonly #lanes: Lanes;
  readonly #health = new HostHealth();

  constructor(setup: HostSetup) {
    this.name = setup.name;
    this.setup = setup;
    this.retry = setup.retry ?? DEFAULT_RETRY;
    const { concurrency, rate, realm, chunkSize } = setup.options;
    this.upload =
      chunkSize === undefined ? (setup.rule?.upload ?? { way: "whole" }) : { way: "chunks", bytes: chunkSize };
    this.#lanes = new Lanes({ concurrency, ...(rate !== undefined && { rate }) });
    this.authorizer = new Authorizer({
      host: setup.name,
      base: setup.base,
      credentials: setup.credentials,
      ...(realm !== undefined && { allowedRealm: realm }),
      send: (request, use) =>
        retrying(() => this.#send(request, "question", true, use), {
          policy: this.retry,
          ...(setup.signal !== undefined && { signal: setup.signal }),
        }),
    });
  }

  /**
   * Makes a call and gives its answer to `use`; whatever `use` leaves unread is let go. Logs in, waits, tries again and
   * follows redirects as needed.
   * @throws a failure of the catalogue for every status that is not expected
   */
  async call<T>(call: Call, use: (answer: Answer) => Promise<T>): Promise<T> {
    const signal = call.signal ?? this.setup.signal;
    const operation = operationOf(call);
    const once = call.retry === false || this.#health.isDown;
    return retrying(() => this.#health.watch(() => this.#attempt(call, use)), {
      policy: once ? { ...this.retry, attempts: 1 } : this.retry,
      ...(signal !== undefined && { signal }),
      onRetry: (error, attempt) => this.tell({ kind: "retrying", host: this.name, operation, error, attempt }),
    });
  }

  /** Runs what must not overlap with its like, one after the other. */
  async inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work);
    const quiet = turn.catch(() => {});
    this.#turns.set(key, quiet);
    try {
      await turn;
    } finally {
      if (this.#turns.get(key) === quiet) this.#turns.delete(key);
    }
  }

  tell(event: RegistryEvent): void {
    this.setup.tell?.(event);
  }

  async #attempt<T>(call: Call, use: (answer: Answer) => Promise<T>): Promise<T> {
    const url = typeof call.path === "string" ? new URL(call.path, this.setup.base) : call.path;
    const own = url.origin === this.setup.base.origin;
    const signal = call.signal ?? this.setup.signal;
    for (let tries = 1; ; tries += 1) {
      const authorization = own ? await this.authorizer.authorization(call.repository, call.scopes) : undefined;
      this.#health.checkCredential(authorization);
      const request: Request = {
        method: call.method,
        url,
        headers: { ...call.headers, ...(authorization !== undefined && { authorization }) },
        ...(call.body !== undefined && { body: call.body }),
        ...(signal !== undefined && { signal }),
        ...(call.bytes !== undefined && { bytes: call.bytes }),
      };
      const result = await this.#send(request, call.lane ?? "question", !own, async (answer) => {
        if (answer.status === 401 && own && tries < 3) {
          const challenge = parseChallenge(answer.header("www-authenticate"));
          if (this.authorizer.challenged(challenge, authorization)) return AGAIN;
        }
        return this.#health.watchCredential(authorization, () => this.#settle(call, url, answer, use));
      });
      if (result !== AGAIN) return result;
    }
  }

  async #settle<T>(call: Call, url: URL, answer: Answer, use: (answer: Answer) => Promise<T>): Promise<T> {
    if (call.expect.includes(answer.status)) return use(answer);
    if (
      answer.status >= 300 &&
      answer.status < 400 &&
      call.method !== "POST" &&
      answer.header("location") !== undefined
    ) {
      await answer.drop();
      return this.#follow(call, url, answer, use, MAX_REDIRECTS);
    }
    throw await this.#failureOf(call, answer);
  }

  async #failureOf(call: Call, answer: Answer): Promise<SlipwayError> {
    const { origin } = await this.authorizer.credential(call.repository);
    const asked: Asked = { host: this.name, operation: operationOf(call), repository: call.repository, origin };
    return answerFailure(answer, asked);
  }

  /** Storage behind a registry gets the range that is asked for and nothing else: no credential, no caller's header. */
  async #follow<T>(
    call: Call,
    from: URL,
    answer: Answer,
    use: (answer: Answer) => Promise<T>,
    left: number,
  ): Promise<T> {
    const operation = operationOf(call);
    const url = redirectTarget({ host: this.name, operation, from, location: answer.header("location") ?? "" });
    if (left === 0) {
      const facts = { host: this.name, operation, location: url.origin, reason: "it goes round in circles" };
      throw failure("REDIRECT_REFUSED", facts);
    }
    const sameOrigin = url.origin === from.origin;
    const authorization = sameOrigin ? await this.authorizer.authorization(call.repository, call.scopes) : undefined;
    const range = call.headers?.range;
    const request: Request = {
      method: call.method,
      url,
      headers: sameOrigin
        ? { ...call.headers, ...(authorization !== undefined && { authorization }) }
        : { ...(range !== undefined && { range }) },
      ...(call.signal !== undefined && { signal: call.signal }),
      ...(call.bytes !== undefined && { bytes: call.bytes }),
    };
    // the lane is held by the call that was redirected
    return this.#exchange(request, url.hostname !== this.setup.base.hostname, async (next) => {
      if (call.expect.includes(next.status)) return use(next);
      if (next.status >= 300 && next.status < 400 && next.header("location") !== undefined) {
        await next.drop();
        return this.#follow(call, url, next, use, left - 1);
      }
      throw await this.#failureOf(call, next);
    });
  }

  #send<T>(request: Request, lane: Lane, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    const isForeign = foreign && request.url.hostname !== this.setup.base.hostname;
    return this.#lanes.run(lane, () => this.#exchange(request, isForeign, use), request.signal);
  }

  async #exchange<T>(request: Request, foreign: boolean, use: (answer: Answer) => Promise<T>): Promise<T> {
    const started = performance.now();
    const operation = `${request.method} ${request.url.pathname}`;
    try {
      this.requests += 1;
      const headers = { "user-agent": this.setup.userAgent, ...request.headers };
      const answer = await this.setup.send({ ...request, headers }, foreign);
      const milliseconds = Math.round(performance.now() - started);
      const url = request.url.origin + request.url.pathname;
      this.tell({ kind: "request", method: request.method, url, status: answer.status, milliseconds });
      this.#observe(answer);
      try {
        return await use(answer);
      } finally {
        await answer.drop();
      }
    } catch (thrown) {
      request.signal?.throwIfAborted();
      if (thrown instanceof SlipwayError) throw thrown;
      throw mapConnectionError(thrown, { host: this.name, operation });
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
    this.tell({ kind: "waiting", host: this.name, seconds: wait / 1000, reason });
  }
}

const AGAIN = Symbol("log in and ask again");

/** For messages: method and path. Queries are left out, they may hold signatures. */
function operationOf(call: Call): string {
  const path = typeof call.path === "string" ? call.path.split("?")[0] : call.path.pathname;
  return `${call.method} ${path}`;
}
