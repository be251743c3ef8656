import type { ErrorCode } from "../../../words/error.ts";
import { CONNECT_TIMEOUT_MS } from "./limits.ts";

/** What Node, OpenSSL and undici say about a connection that failed. */
export interface SocketError extends Error {
  /** A string, but for DOM exceptions, whose numbers say nothing. */
  readonly code?: unknown;
  readonly syscall?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  /** OpenSSL's words, or which names a certificate is for. */
  readonly reason?: string;
}

/** What one of their codes means to us. */
export interface Fault {
  readonly code: Extract<
    ErrorCode,
    | "HOST_UNKNOWN"
    | "HOST_UNREACHABLE"
    | "TLS_FAILED"
    | "TIMED_OUT"
    | "CONNECTION_LOST"
    | "PROXY_REFUSED"
    | "ANSWER_INVALID"
    | "INTERRUPTED"
  >;
  /** Why, for people; without it the error's own words serve. */
  readonly reason?: string;
  /** True where the network may behave better next time; not where a person has to mend something. */
  readonly retryable: boolean;
}

/** The meaning of an error, if it has one for us. */
export function faultOf(error: SocketError): Fault | undefined {
  const status = proxyStatus(error);
  if (status !== undefined) return { code: "PROXY_REFUSED", reason: `status ${status}`, retryable: status >= 500 };
  const code = typeof error.code === "string" ? error.code : error.name;
  // The same code ends an attempt to connect and a connection whose other side went silent.
  if (code === "ETIMEDOUT" && (error.syscall === "read" || error.syscall === "write")) return lost("the link is dead");
  if (code === "EPROTO") return protocolFault(error);
  return FAULTS[code] ?? PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** undici tells in words only what a proxy answered to CONNECT, or that it wants a password. */
function proxyStatus({ message }: Error): number | undefined {
  const [, status] = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(message) ?? [];
  return status === undefined ? undefined : Number(status);
}

const unreachable = (reason: string): Fault => ({ code: "HOST_UNREACHABLE", reason, retryable: true });
const lost = (reason?: string): Fault => ({ code: "CONNECTION_LOST", reason, retryable: true });
const untrusted = (reason?: string): Fault => ({ code: "TLS_FAILED", reason, retryable: false });
const STRANGER = untrusted("its certificate comes from an authority that this machine does not know");
const NO_CLIENT_CERTIFICATE = untrusted("it asks for a client certificate (`cert` and `key`)");
const BROKEN_OFF = untrusted("it breaks the handshake off; it may ask for a client certificate (`cert` and `key`)");
const NO_TLS = untrusted("it does not speak TLS");
const TIMED_OUT: Fault = { code: "TIMED_OUT", retryable: true };
const ANSWER_INVALID: Fault = { code: "ANSWER_INVALID", retryable: false };
const INTERRUPTED: Fault = { code: "INTERRUPTED", retryable: false };

const FAULTS: Readonly<Record<string, Fault>> = {
  ENOTFOUND: { code: "HOST_UNKNOWN", retryable: false },
  EAI_AGAIN: { code: "HOST_UNKNOWN", retryable: true },
  ECONNREFUSED: unreachable("connection refused"),
  EHOSTUNREACH: unreachable("no route to the host"),
  ENETUNREACH: unreachable("no route to its network"),
  ENETDOWN: unreachable("this machine's network is down"),
  EADDRNOTAVAIL: unreachable("this machine has no address or port left for it"),
  ETIMEDOUT: unreachable("no answer to the attempt to connect"),
  UND_ERR_CONNECT_TIMEOUT: unreachable(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`),
  ECONNRESET: lost("connection reset"),
  ECONNABORTED: lost("connection aborted"),
  EPIPE: lost("it no longer reads"),
  UND_ERR_SOCKET: lost(),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: lost("the answer ends before its length"),
  UND_ERR_HEADERS_TIMEOUT: TIMED_OUT,
  UND_ERR_BODY_TIMEOUT: TIMED_OUT,
  UND_ERR_PRX_CONN: { code: "PROXY_REFUSED", reason: "it closed the connection", retryable: true },
  UND_ERR_PRX_TLS: { code: "PROXY_REFUSED", reason: "its certificate is for another name", retryable: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted("its certificate is self-signed"),
  SELF_SIGNED_CERT_IN_CHAIN: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: STRANGER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: STRANGER,
  CERT_HAS_EXPIRED: untrusted("its certificate has expired"),
  CERT_NOT_YET_VALID: untrusted("its certificate is not valid yet, or this machine's clock is wrong"),
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: NO_CLIENT_CERTIFICATE,
  "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE": BROKEN_OFF,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: BROKEN_OFF,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  UND_ERR_HEADERS_OVERFLOW: ANSWER_INVALID,
  UND_ERR_ABORTED: INTERRUPTED,
  UND_ERR_DESTROYED: INTERRUPTED,
  UND_ERR_CLOSED: INTERRUPTED,
  ABORT_ERR: INTERRUPTED,
  AbortError: INTERRUPTED,
};

/** A write that meets what the other side said in the handshake: only OpenSSL's words tell it from bytes that are not TLS. */
function protocolFault({ message }: Error): Fault {
  if (message.includes("certificate required")) return NO_CLIENT_CERTIFICATE;
  if (message.includes("alert handshake failure")) return BROKEN_OFF;
  const [, alert] = /:(?:ssl|tls)[^:]* alert ([^:]+):/.exec(message) ?? [];
  return alert === undefined ? NO_TLS : untrusted(alert);
}

/** Families of codes: OpenSSL's alerts, Node's checks of names, the many states of a certificate, the HTTP parser. */
const PREFIXES: readonly (readonly [prefix: string, fault: Fault])[] = [
  ["ERR_SSL_", untrusted()],
  ["ERR_TLS_", untrusted()],
  ["CERT_", untrusted()],
  ["HPE_", ANSWER_INVALID],
];
