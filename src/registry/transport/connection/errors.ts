import { asFailure, failure, SlipwayError } from "../../../words/error.ts";
import { faultOf, type SocketError } from "./faults.ts";
import { type ConnectionLimits, DEFAULT_LIMITS } from "./limits.ts";

/** What a request was about. */
export interface RequestContext {
  /** As in references: `ghcr.io`, `127.0.0.1:5000`. */
  readonly host: string;
  /** What was to be done there, for the message. */
  readonly operation: string;
  /** Those of the dispatcher that was used, so that a time-out can say how long it waited. */
  readonly limits?: ConnectionLimits;
}

/** What a socket, TLS, a proxy or undici threw, in Slipway's words, and whether trying again can help. */
export function mapConnectionError(thrown: unknown, context: RequestContext): SlipwayError {
  const cause = firstOfAttempts(thrown);
  if (cause instanceof SlipwayError || !(cause instanceof Error)) return asFailure(cause);
  const fault = faultOf(cause);
  if (fault === undefined) return asFailure(cause);
  const { host, operation } = context;
  const { code, retryable } = fault;
  const reason = fault.reason ?? wordsOf(cause);
  switch (code) {
    case "HOST_UNKNOWN":
      return failure(code, { host: nameOf(cause, host), operation }, { cause, retryable });
    case "HOST_UNREACHABLE":
      return failure(code, { host, operation, reason: reason + addressOf(cause) }, { cause, retryable });
    case "TIMED_OUT":
      return failure(code, { host, operation, seconds: secondsOf(cause, context) }, { cause, retryable });
    case "INTERRUPTED":
      return failure(code, {}, { cause });
    default:
      return failure(code, { host, operation, reason }, { cause, retryable });
  }
}

/** Of the attempts to connect to each address of a name, the first, as its address is the preferred one. */
function firstOfAttempts(thrown: unknown): unknown {
  return thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
}

/** OpenSSL's message is full of addresses and paths; its `reason` is not. */
function wordsOf(error: SocketError): string {
  return error.reason ?? error.message;
}

/** The name that failed, which may be the proxy's. */
function nameOf({ hostname }: SocketError, host: string): string {
  return hostname === undefined || host.startsWith(hostname) ? host : hostname;
}

function addressOf({ address, port }: SocketError): string {
  return address === undefined ? "" : ` (${address}${port === undefined ? "" : ` port ${port}`})`;
}

function secondsOf({ code }: SocketError, { limits = DEFAULT_LIMITS }: RequestContext): number {
  return (code === "UND_ERR_HEADERS_TIMEOUT" ? limits.headersTimeout : limits.bodyTimeout) / 1000;
}
