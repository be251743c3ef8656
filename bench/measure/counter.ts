import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";

/** Stands before a registry and counts what is asked of it; it costs time. */
export interface Counter extends AsyncDisposable {
  readonly port: number;
  readonly requests: number;
  /** Of bodies that were answered. */
  readonly bytesDown: number;
}

/** What is answered instead of forwarding. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** @param refuse asked at each request whether it is refused */
export async function startCounter(
  port: number,
  refuse: () => Refusal | undefined = () => undefined,
): Promise<Counter> {
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  let bytesDown = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const refusal = refuse();
    if (refusal !== undefined) {
      request.resume(); // a body that nobody reads would hold the connection
      response.writeHead(refusal.status, { ...refusal.headers, "content-length": "0" }).end();
      return;
    }
    forward(request, response, { port, agent }, (bytes) => {
      bytesDown += bytes;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the counter has no port");
  return {
    port: address.port,
    get requests() {
      return requests;
    },
    get bytesDown() {
      return bytesDown;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The host stays as it was asked for, so that the registry's own URLs lead through here, too. */
function forward(
  request: IncomingMessage,
  response: ServerResponse,
  place: { readonly port: number; readonly agent: Agent },
  count: (bytes: number) => void,
): void {
  const { method = "GET", url: path = "/", headers } = request;
  const upstream = httpRequest({ host: "127.0.0.1", ...place, method, path, headers }, (answer) => {
    if (response.destroyed) return answer.destroy(); // the client has gone
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("data", (chunk: Buffer) => count(chunk.byteLength));
    pipeline(answer, response, () => undefined);
  });
  upstream.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  pipeline(request, upstream, () => undefined);
}
