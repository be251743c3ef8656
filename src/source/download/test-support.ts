/** A server of one file whose faults a test chooses, and a wire that stops carrying. For tests only. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What goes wrong with one answer. Positions count from the beginning of its body, in bytes. */
export type Fault =
  | { readonly kind: "none" }
  | { readonly kind: "cut"; readonly after: number }
  | { readonly kind: "stall"; readonly after: number }
  | { readonly kind: "flip"; readonly at: number }
  | { readonly kind: "answer"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** All of the file, whatever range was asked for. */
  | { readonly kind: "no-range" }
  /** The right bytes, under this Content-Range. */
  | { readonly kind: "range"; readonly header: string };

export interface FileServer extends AsyncDisposable {
  /** `http://127.0.0.1:40000` */
  readonly origin: string;
  readonly port: number;
  /** What it serves, under every path. May be set. */
  content: Buffer;
  /** Left out of answers where undefined. May be set. */
  etag: string | undefined;
  lastModified: string | undefined;
  /** What goes wrong with the next answers, one after the other. */
  readonly faults: Fault[];
  readonly requests: ServedRequest[];
}

export interface ServedRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  status: number;
  /** Bytes of the body. */
  sent: number;
}

export async function startFileServer(content: Buffer): Promise<FileServer> {
  const server = createServer((request, response) => {
    void answer(files, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const files: FileServer = {
    origin: `http://127.0.0.1:${port}`,
    port,
    content,
    etag: '"one"',
    lastModified: "Mon, 01 Jan 2024 00:00:00 GMT",
    faults: [],
    requests: [],
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return files;
}

async function answer(files: FileServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const fault = files.faults.shift() ?? { kind: "none" };
  const served: ServedRequest = { path: request.url ?? "", headers: request.headers, status: 0, sent: 0 };
  files.requests.push(served);
  const finish = (status: number, headers: Readonly<Record<string, string>>, body: Buffer) => {
    served.status = status;
    response.writeHead(status, { ...headers, "content-length": String(body.byteLength) });
    return send(response, body, fault, served);
  };
  const { content, etag, lastModified } = files;
  const validators = { ...(etag && { etag }), ...(lastModified && { "last-modified": lastModified }) };
  if (fault.kind === "answer") return finish(fault.status, fault.headers ?? {}, Buffer.alloc(0));
  const asked = request.headers;
  const isUnchanged =
    etag === undefined || asked["if-none-match"] === undefined
      ? lastModified !== undefined && asked["if-modified-since"] === lastModified
      : asked["if-none-match"] === etag;
  if (isUnchanged) return finish(304, validators, Buffer.alloc(0));
  const start = Number(/^bytes=(\d+)-$/.exec(asked.range ?? "")?.[1] ?? 0);
  const isSame = asked["if-range"] === undefined || [etag, lastModified].includes(String(asked["if-range"]));
  if (start === 0 || !isSame || fault.kind === "no-range") return finish(200, validators, content);
  if (start >= content.byteLength) return finish(416, {}, Buffer.alloc(0));
  const honest = `bytes ${start}-${content.byteLength - 1}/${content.byteLength}`;
  const header = fault.kind === "range" ? fault.header : honest;
  return finish(206, { ...validators, "content-range": header }, content.subarray(start));
}

async function send(response: ServerResponse, body: Buffer, fault: Fault, served: ServedRequest): Promise<void> {
  const bytes = fault.kind === "flip" ? flipped(body, fault.at) : body;
  const end =
    fault.kind === "cut" || fault.kind === "stall" ? Math.min(fault.after, bytes.byteLength) : bytes.byteLength;
  for (let at = 0; at < end; at += 65_536) {
    const chunk = bytes.subarray(at, Math.min(end, at + 65_536));
    await new Promise((resolve) => response.write(chunk, resolve));
    served.sent += chunk.byteLength;
  }
  if (fault.kind === "stall") return;
  // A reset would take away what is still on its way.
  if (fault.kind === "cut") await sleep(20);
  if (fault.kind === "cut") response.destroy();
  else response.end();
}

function flipped(body: Buffer, at: number): Buffer {
  const bytes = Buffer.from(body);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

export interface Valve extends AsyncDisposable {
  readonly host: string;
  /** So far. */
  readonly connections: number;
  readonly bytesDown: number;
}

/** A wire to a server of this machine whose first connections carry so many bytes down and then nothing more. */
export async function startValve(port: number, stallsAfter: readonly number[]): Promise<Valve> {
  const sockets = new Set<Socket>();
  let [connections, bytesDown] = [0, 0];
  const server = createTcpServer((client) => {
    let left = stallsAfter[connections] ?? Number.POSITIVE_INFINITY;
    connections += 1;
    const far = connect(port, "127.0.0.1");
    for (const socket of [client, far]) sockets.add(socket.on("error", () => undefined));
    client.pipe(far);
    client.on("close", () => far.destroy());
    far.on("end", () => client.end());
    far.on("data", (bytes: Buffer) => {
      const carried = bytes.subarray(0, Math.max(0, left));
      left -= carried.byteLength;
      bytesDown += carried.byteLength;
      client.write(carried);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    get bytesDown() {
      return bytesDown;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
