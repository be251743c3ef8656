import type { Descriptor } from "../oci/descriptor.ts";
import type { Notes } from "../target/notes.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import { type Asked, answerFailure } from "./answer-failure.ts";
import { Authorizer } from "./auth/authorizer.ts";
import { parseChallenge } from "./auth/challenge.ts";
import { type Call, operationOf } from "./call.ts";
import type { CredentialStore } from "./credentials/credential.ts";
import type { RegistryEvent } from "./events.ts";
import { HostHealth } from "./host-health.ts";
import type { HostRule, UploadRule } from "./hosts/rule.ts";
import { Listings } from "./listings/listings.ts";
import type { HostOptions } from "./options.ts";
import { Pulls } from "./pulls.ts";
import { Sender } from "./sender.ts";
import type { ConnectionLimits } from "./transport/connection/index.ts";
import type { Answer, Request } from "./transport/exchange.ts";
import type { LaneLimits } from "./transport/lanes.ts";
import { redirectTarget } from "./transport/redirect.ts";
import { DEFAULT_RETRY, type RetryPolicy, retrying } from "./transport/retry.ts";
import type { Throttle } from "./transport/throttle.ts";
import { Turns } from "./turns.ts";

export interface HostSetup {
  /** As in references. */
  readonly name: string;
  readonly base: URL;
  readonly rule: HostRule | undefined;
  readonly options: HostOptions;
  readonly limits: LaneLimits;
  readonly connectionLimits: ConnectionLimits;
  readonly credentials: CredentialStore;
  /** Sends one request; `foreign` ones go to addresses that the registry named. */
  readonly send: (request: Request, foreign: boolean) => Promise<Answer>;
  readonly userAgent: string;
  /** The pace of all hosts together, each way. */
  readonly downloads?: Throttle;
  readonly uploads?: Throttle;
  /** Where half-written uploads go on. */
  readonly notes?: Notes;
  readonly retry?: RetryPolicy;
  readonly signal?: AbortSignal;
  readonly tell?: (event: RegistryEvent) => void;
}

const MAX_REDIRECTS = 5;
/** Bytes a second. Slower than a modem of 1990 is no link that anything arrives over. */
const MINIMUM_RATE = 1000;

/** One registry host: its connections, limits, pauses, tokens and quirks, shared by everything that asks it. */
export class Host {
  readonly name: string;
  readonly setup: HostSetup;
  readonly authorizer: Authorizer;
  readonly retry: RetryPolicy;
  readonly sender: Sender;
  readonly pulls: Pulls;
  /** For what is read, changed and written back. */
  readonly turns = new Turns();
  /** What was written to lists of referrers, by `repository@subject`. */
  readonly referrersWritten = new Map<string, readonly Descriptor[]>();
  /** What tags stand for, for many at once. */
  readonly listings = new Listings(this);
  /** Undefined until it is known. */
  hasReferrersApi: boolean | undefined;
  /** How blobs go up; changed when the host refuses it. */
  upload: UploadRule;
  readonly #health = new HostHealth();

  constructor(setup: HostSetup) {
    this.name = setup.name;
    this.setup = setup;
    this.retry = setup.retry ?? DEFAULT_RETRY;
    const { realm, chunkSize, keepPulls, minimumRate = MINIMUM_RATE } = setup.options;
    this.upload =
      chunkSize === undefined ? (setup.rule?.upload ?? { way: "whole" }) : { way: "chunks", bytes: chunkSize };
    this.pulls = new Pulls(setup.name, keepPulls);
    this.sender = new Sender({
      host: setup.name,
      userAgent: setup.userAgent,
      limits: setup.limits,
      connectionLimits: setup.connectionLimits,
      minimumRate,
      pulls: this.pulls,
      send: setup.send,
      tell: (event) => this.tell(event),
    });
    this.authorizer = new Authorizer({
      host: setup.name,
      base: setup.base,
      credentials: setup.credentials,
      ...(realm !== undefined && { allowedRealm: realm }),
      send: (request, use) =>
        retrying(() => this.sender.inLane("question", request, this.#isForeign(request.url), use), {
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
    let alone = call.alone ?? false;
    return retrying(() => this.#health.watch(() => this.#attempt({ ...call, alone }, use)), {
      policy: once ? { ...this.retry, attempts: 1 } : this.retry,
      ...(signal !== undefined && { signal }),
      onRetry: (error, attempt) => {
        // a server that closes idle connections may be about to close others
        alone ||= error.code === "CONNECTION_LOST";
        this.tell({ kind: "retrying", host: this.name, operation, error, attempt });
      },
    });
  }

  tell(event: RegistryEvent): void {
    this.setup.tell?.(event);
  }

  /** Storage, token servers and wherever else a registry may point. */
  #isForeign(url: URL): boolean {
    return url.hostname !== this.setup.base.hostname;
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
        ...(call.alone && { alone: true }),
        ...(call.beforeSend !== undefined && { beforeSend: call.beforeSend }),
      };
      const result = await this.sender.inLane(
        call.lane ?? "question",
        request,
        this.#isForeign(url),
        async (answer) => {
          if (answer.status === 401 && own && tries < 3) {
            const challenge = parseChallenge(answer.header("www-authenticate"));
            if (await this.authorizer.challenged(challenge, authorization, call.repository)) return AGAIN;
          }
          return this.#health.watchCredential(authorization, () => this.#settle(call, url, answer, use));
        },
      );
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
    return this.sender.now(request, this.#isForeign(url), async (next) => {
      if (call.expect.includes(next.status)) return use(next);
      if (next.status >= 300 && next.status < 400 && next.header("location") !== undefined) {
        await next.drop();
        return this.#follow(call, url, next, use, left - 1);
      }
      throw await this.#failureOf(call, next);
    });
  }
}

const AGAIN = Symbol("log in and ask again");
