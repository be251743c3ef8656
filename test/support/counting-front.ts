import { createServer, request as httpRequest } from "node:http";
import { pipeline } from "node:stream";

/** A plain reverse proxy that counts what passes through it: for servers that do not tell. */
export interface CountingFront extends AsyncDisposable {
  readonly host: string;
  /** Requests that are not GET or HEAD, since the last `clear`. */
  readonly writes: number;
  readonly requests: number;
  clear(): void;
}

/** Listens on a loopback port in front of `upstream`, `127.0.0.1:5000`. */
export async function startCountingFront(upstream: string): Promise<CountingFront> {
  const methods: string[] = [];
  const [hostname, port] = upstream.split(":");
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    methods.push(method);
    const behind = httpRequest({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    behind.once("error", () => response.destroy());
    pipeline(request, behind, () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the front has no port");
  return {
    host: `127.0.0.1:${address.port}`,
    get writes() {
      return methods.filter((method) => method !== "GET" && method !== "HEAD").length;
    },
    get requests() {
      return methods.length;
    },
    clear: () => methods.splice(0),
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
