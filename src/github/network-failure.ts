import { failure, SlipwayError } from "../words/error.ts";

/** What Node, OpenSSL and undici say about a connection that failed. */
interface SocketError extends Error {
  readonly code?: unknown;
  readonly reason?: string;
}

/** What can be told of a connection's end. https://nodejs.org/api/errors.html#common-system-errors */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "this machine cannot resolve its name",
  EAI_AGAIN: "the name servers do not answer",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to its network",
  ETIMEDOUT: "no answer to the attempt to connect",
  UND_ERR_CONNECT_TIMEOUT: "no answer to the attempt to connect",
  EPIPE: "it no longer reads",
  UND_ERR_SOCKET: "it closed the connection",
};

const TLS = /^(?:ERR_SSL_|ERR_TLS_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|EPROTO$|UND_ERR_PRX_TLS$)/;

/** What `fetch` threw, in Slipway's words, and whether the network may behave better next time. */
export function networkFailure(thrown: unknown, host: string, operation: string): SlipwayError {
  const cause = innermost(thrown);
  if (cause instanceof SlipwayError) return cause;
  const { code, reason, message }: SocketError = cause instanceof Error ? cause : new Error(String(cause));
  const name = typeof code === "string" ? code : "";
  if (TLS.test(name)) return failure("GITHUB_UNTRUSTED", { host, operation, reason: reason ?? message }, { cause });
  // undici tells in words only what a proxy answered
  const [, status] = /^Proxy response \((\d{3})\)/.exec(message) ?? [];
  const told = status === undefined ? (REASONS[name] ?? message) : `the proxy answered ${status}`;
  const retryable = status === undefined ? name !== "ENOTFOUND" : Number(status) >= 500;
  return failure("GITHUB_UNREACHABLE", { host, operation, reason: told }, { cause, retryable });
}

/** `fetch` wraps what happened; of the attempts to connect to each address of a name the first tells most. */
function innermost(thrown: unknown): unknown {
  if (thrown instanceof SlipwayError || !(thrown instanceof Error)) return thrown;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return innermost(thrown.errors[0]);
  return thrown.cause instanceof Error ? innermost(thrown.cause) : thrown;
}
