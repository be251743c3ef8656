import { asFailure, failure, type SlipwayError } from "../../../words/error.ts";
import type { Connections } from "../../transport/connection/index.ts";
import { mapConnectionError } from "../../transport/connection/index.ts";
import { type Answer, exchange, type Request } from "../../transport/exchange.ts";
import { type RetryPolicy, retrying } from "../../transport/retry.ts";
import type { Endpoints } from "./endpoints.ts";
import { isLoopback } from "./loopback.ts";
import { type Refusal, redacted, refusalError } from "./refusal.ts";

/** What a login works with. */
export interface Asking {
  /** Where the login is configured, for errors. */
  readonly origin: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly endpoints: Endpoints;
  readonly connections: Connections;
  readonly retry: RetryPolicy;
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

/** One request of a login, and how its answer is understood. */
export interface Question<T> {
  /** What it is for, in the vendor's words: `AssumeRoleWithOIDC`. */
  readonly step: string;
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What was sent and must not come back in a message. */
  readonly secrets: readonly string[];
  /** Reads an answer 200. @throws Error with a reason that quotes nothing */
  read(text: string): T;
  /** Whether an answer 200 says no all the same. */
  deniesWith200?(text: string): boolean;
  /** Reads any other answer. */
  refusal(text: string, status: number): Refusal;
}

const MAX_ANSWER = 1024 * 1024;
const NETWORK: readonly string[] = ["HOST_UNKNOWN", "HOST_UNREACHABLE", "TIMED_OUT", "CONNECTION_LOST"];

/**
 * Asks, and asks again only where the network, the server (5xx) or a limit (429) was in the way. Redirects are not
 * followed: they would carry tokens elsewhere.
 * @throws LOGIN_INSECURE, LOGIN_UNREACHABLE, LOGIN_NOT_TRUSTED, LOGIN_REFUSED, LOGIN_RIGHT_MISSING, LOGIN_ANSWER_INVALID
 */
export function ask<T>(question: Question<T>, asking: Asking): Promise<T> {
  const { step, url } = question;
  const facts = { origin: asking.origin, step, host: url.host };
  if (url.protocol !== "https:" && !isLoopback(url)) throw failure("LOGIN_INSECURE", facts);
  const { signal } = asking;
  return retrying(() => attempt(question, asking), { policy: asking.retry, ...(signal !== undefined && { signal }) });
}

async function attempt<T>(question: Question<T>, asking: Asking): Promise<T> {
  const { step, url, secrets } = question;
  const facts = { origin: asking.origin, step, host: url.host };
  const { status, text } = await sent(question, asking);
  if (status >= 500 || status === 429) {
    throw failure("LOGIN_UNREACHABLE", { ...facts, reason: `answer ${status}` }, { retryable: true });
  }
  if (status !== 200 || question.deniesWith200?.(text)) {
    throw refusalError(question.refusal(text, status), facts, secrets);
  }
  try {
    return question.read(text);
  } catch (cause) {
    const reason = redacted(cause instanceof Error ? cause.message : String(cause), secrets);
    throw failure("LOGIN_ANSWER_INVALID", { ...facts, reason });
  }
}

async function sent<T>(
  { step, method, url, headers, body }: Question<T>,
  { origin, connections, signal }: Asking,
): Promise<{ readonly status: number; readonly text: string }> {
  const request: Request = {
    method,
    url,
    headers: { "user-agent": "slipway", accept: "*/*", ...headers },
    ...(body !== undefined && { body: Buffer.from(body) }),
    ...(signal !== undefined && { signal }),
  };
  try {
    const answer = await open(connections, request);
    return { status: answer.status, text: (await answer.bytes(MAX_ANSWER)).toString("utf8") };
  } catch (thrown) {
    signal?.throwIfAborted();
    throw inWay(mapConnectionError(thrown, { host: url.host, operation: step }), { origin, step, host: url.host });
  }
}

async function open(connections: Connections, request: Request): Promise<Answer> {
  return connections.wire(request.url)?.send(request) ?? exchange(await connections.dispatcher(request.url), request);
}

/** Proxies and trust have errors of their own, which say what to do about them. */
function inWay(error: SlipwayError, facts: { readonly origin: string; readonly step: string; readonly host: string }) {
  if (!NETWORK.includes(error.code)) return asFailure(error);
  const reason = String(error.facts.reason ?? error.message);
  return failure("LOGIN_UNREACHABLE", { ...facts, reason }, { cause: error, retryable: true });
}
