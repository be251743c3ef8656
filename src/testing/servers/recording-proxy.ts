import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { pipeline } from "node:stream";
import { listen } from "../registry/listen.ts";

/** One thing that was asked of the proxy. */
export interface ProxiedRequest {
  readonly method: string;
  /** `registry.example.test:443`: as it was asked for, before any name was mapped. */
  readonly authority: string;
  readonly authorized: boolean;
}

export interface RecordingProxyOptions {
  /** Where names really are: `{ "registry.example.test": "127.0.0.1:5000" }`, with or without the asked port. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Asks for these. Default: for none. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

export interface RecordingProxy extends AsyncDisposable {
  /** `http://127.0.0.1:3128`, without credentials. */
  readonly origin: string;
  readonly requests: readonly ProxiedRequest[];
}

/** A proxy in this process that writes down what it is asked, and knows names that no DNS does. */
export async function startRecordingProxy(options: RecordingProxyOptions = {}): Promise<RecordingProxy> {
  const requests: ProxiedRequest[] = [];
  const tunnels = new Set<Socket>();
  const listening = await listen(undefined);
  const admit = (request: IncomingMessage, authority: string) => {
    const authorized = isAuthorized(request, options.credentials);
    requests.push({ method: request.method ?? "", authority, authorized });
    return authorized;
  };
  listening.server.on("request", (request, response) => {
    if (!URL.canParse(request.url ?? "")) return response.writeHead(400).end("not an absolute URL");
    const url = new URL(request.url ?? "");
    const authority = `${url.hostname}:${url.port || "80"}`;
    if (!admit(request, authority)) return response.writeHead(407, CHALLENGE).end();
    return forward(request, response, url, placeOf(authority, options.hosts));
  });
  listening.server.on("connect", (request, client: Socket, head) => {
    const authority = request.url ?? "";
    if (!admit(request, authority)) {
      client.end(
        `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${BASIC}\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    const { host, port } = placeOf(authority, options.hosts);
    const upstream = connect(port, host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      pipeline(client, upstream, client, () => undefined); // either end closes both
    });
    for (const socket of [client, upstream]) {
      tunnels.add(socket);
      socket.once("close", () => tunnels.delete(socket));
      socket.on("error", () => client.destroy());
    }
  });
  return {
    origin: listening.origin,
    requests,
    [Symbol.asyncDispose]: async () => {
      for (const socket of tunnels) socket.destroy();
      await listening.close();
    },
  };
}

const BASIC = 'Basic realm="proxy"';
const CHALLENGE = { "proxy-authenticate": BASIC };

function isAuthorized(request: IncomingMessage, credentials: RecordingProxyOptions["credentials"]): boolean {
  if (credentials === undefined) return true;
  const expected = Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64");
  return request.headers["proxy-authorization"] === `Basic ${expected}`;
}

function placeOf(authority: string, hosts: RecordingProxyOptions["hosts"] = {}): { host: string; port: number } {
  const name = authority.slice(0, authority.lastIndexOf(":"));
  const place = hosts[authority] ?? hosts[name] ?? authority;
  const colon = place.lastIndexOf(":");
  return { host: place.slice(0, colon), port: Number(place.slice(colon + 1)) };
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  place: { readonly host: string; readonly port: number },
): void {
  const { "proxy-authorization": _, "proxy-connection": __, ...headers } = request.headers;
  const path = `${url.pathname}${url.search}`;
  const upstream = httpRequest({ ...place, method: request.method ?? "GET", path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  upstream.once("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  pipeline(request, upstream, () => undefined);
}
