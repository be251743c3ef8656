import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";

/** Something of somebody else's, which writes down what it is asked. */
export interface Decoy extends AsyncDisposable {
  /** `127.0.0.2:5000` */
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly seen: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Connections that were made, whatever was asked on them. */
  readonly connections: number;
}

export interface DecoyOptions {
  /** Default 127.0.0.2: this machine under another name. */
  readonly address?: string;
  /** Default: 201 with a token, as a token server or an upload would answer. */
  readonly answer?: RequestListener;
}

export async function startDecoy({ address = "127.0.0.2", answer = consent }: DecoyOptions = {}): Promise<Decoy> {
  const seen: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", headers: request.headers });
    request.resume();
    answer(request, response);
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the decoy has no port");
  return {
    host: `${address}:${bound.port}`,
    port: bound.port,
    origin: `http://${address}:${bound.port}`,
    seen,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const consent: RequestListener = (_, response) => {
  response.writeHead(201, { "content-type": "application/json" }).end('{"token":"decoy"}');
};
