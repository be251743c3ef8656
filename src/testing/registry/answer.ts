import type { IncomingHttpHeaders } from "node:http";

/** A request as handlers see it, after faults had their way with it. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Milliseconds until what it puts can be seen. */
  readonly lag: number;
  /** The body's chunks, once. Throws when the client goes away before its end. */
  body(): AsyncIterable<Uint8Array>;
}

/** What a handler says. Bytes get their Content-Length; a stream's is in `length`. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | Streamed;
}

export interface Streamed {
  /** Bytes. */
  readonly length: number;
  open(): AsyncIterable<Uint8Array>;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** All of a request's body; undefined when it is longer than `limit` bytes. */
export async function readAll(incoming: Incoming, limit: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming.body()) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
