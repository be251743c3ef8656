import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { RegistryOptions } from "./options.ts";

/** A server on a loopback port, and how to end it together with every connection. */
export interface Listening {
  readonly server: Server;
  readonly host: string;
  readonly origin: string;
  close(): Promise<void>;
}

export async function listen(tls: RegistryOptions["tls"], port = 0): Promise<Listening> {
  // Long bodies are what registries are for: no limit on a request's time.
  const common = { requestTimeout: 0, keepAliveTimeout: 30_000 };
  const server =
    tls === undefined
      ? createServer(common)
      : createTlsServer({ ...common, ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const host = `127.0.0.1:${address.port}`;
  return {
    server,
    host,
    origin: `${tls === undefined ? "http" : "https"}://${host}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
