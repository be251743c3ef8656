import { isIP, type LookupFunction, connect as netConnect, type Socket, type TcpNetConnectOpts } from "node:net";
import { TLSSocket, connect as tlsConnect } from "node:tls";
import { CONNECT_TIMEOUT_MS } from "../connection/limits.ts";
import type { Trust } from "../connection/trust.ts";
import { Records } from "./records.ts";

/** How a connection is opened: the socket reads into the buffers that it is given here. */
export interface ReadInto {
  readonly buffer: () => Uint8Array;
  readonly callback: (bytes: number, buffer: Uint8Array) => boolean;
}

/** Where a socket goes, and whom it trusts. */
export interface SocketRoute {
  readonly origin: URL;
  /** Present for https. */
  readonly trust: Trust | undefined;
  readonly lookup: LookupFunction | undefined;
}

/** Opens a TCP or TLS connection that reads into buffers of ours. */
export function openSocket({ origin, trust, lookup }: SocketRoute, onread: ReadInto): Socket {
  const host = origin.hostname.replace(/^\[(.*)\]$/, "$1");
  const isTls = origin.protocol === "https:";
  const port = Number(origin.port || (isTls ? 443 : 80));
  const records = isTls ? new Records(onread) : undefined;
  const options: TcpNetConnectOpts = {
    host,
    port,
    onread: records?.into ?? onread,
    autoSelectFamily: true,
    // Node gives every address but the last 250 ms, less than a round trip to the other side of the earth.
    autoSelectFamilyAttemptTimeout: 2_500,
    ...(lookup !== undefined && { lookup }),
  };
  const named = isIP(host) === 0 ? { servername: host } : {};
  const socket = isTls
    ? tlsConnect({ ...options, ...trust, ...trust?.resumption, ...named, ALPNProtocols: ["http/1.1"] })
    : netConnect(options);
  records?.follow(socket);
  socket.on("session", (session: Buffer) => {
    if (trust !== undefined) trust.resumption.session = session;
  });
  const late = Object.assign(new Error("no connection in time"), { code: "UND_ERR_CONNECT_TIMEOUT" });
  const timer = setTimeout(() => socket.destroy(late), CONNECT_TIMEOUT_MS);
  const stop = () => clearTimeout(timer);
  socket.once(isTls ? "secureConnect" : "connect", stop).once("close", stop);
  return socket;
}

/** Resolves once a socket that was opened a moment ago sends what it is given at once; never, where that does not come. */
export function whenOpen(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once(socket instanceof TLSSocket ? "secureConnect" : "connect", resolve);
  });
}
