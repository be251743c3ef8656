import { connect } from "node:tls";
import type { HostOptions } from "../../options.ts";
import { CONNECT_TIMEOUT_MS } from "./limits.ts";
import { bareHost, isLoopbackHost } from "./proxy.ts";

/**
 * What a host speaks, by its options: TLS unless `tls` is false. Loopback hosts and `insecure` ones may speak either,
 * as with Docker, and have to be asked ({@link speaksTls}).
 */
export function schemeOf(host: string, options: HostOptions): "https" | "http" | "either" {
  if (options.tls !== undefined) return options.tls ? "https" : "http";
  return options.insecure === true || isLoopbackHost(bareHost(new URL(`https://${host}`))) ? "either" : "https";
}

/** What OpenSSL and the socket say when the other side has no idea of TLS: other bytes, or a closed door. */
const NOT_TLS: ReadonlySet<unknown> = new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "EPROTO",
  "ECONNRESET",
]);

/**
 * Whether the other side of `origin` answers a TLS handshake. Certificates do not matter here, neither its own nor
 * whether it wants ours: the requests that follow judge them. Without a port in `origin`, a closed 443 means no, too:
 * plain HTTP has a port of its own.
 * @throws what `node:tls` says when nobody can be reached or nothing is answered in time
 */
export async function speaksTls(origin: URL, timeout = CONNECT_TIMEOUT_MS): Promise<boolean> {
  const socket = connect({ host: bareHost(origin), port: Number(origin.port || 443), rejectUnauthorized: false });
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  socket.on("secureConnect", () => resolve(true));
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (NOT_TLS.has(error.code) || (error.code === "ECONNREFUSED" && origin.port === "")) resolve(false);
    else if (error.code?.startsWith("ERR_SSL_")) resolve(true);
    else reject(error);
  });
  const silence = Object.assign(new Error("no answer to a TLS handshake"), { code: "ETIMEDOUT", syscall: "connect" });
  const timer = setTimeout(() => socket.destroy(silence), timeout);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
