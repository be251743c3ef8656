import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Incoming, Streamed } from "./answer.ts";
import { type Endpoint, repositoryOf } from "./endpoint.ts";
import { effectsOf, type FaultEffect, type Faults } from "./faults.ts";
import { Problem } from "./problem.ts";
import type { OpenRecord, Requests } from "./requests.ts";
import { bodyEffects, Cut, shaped } from "./shape.ts";

/** Says what a request gets. */
export type Handler = (incoming: Incoming, endpoint: Endpoint) => Promise<Answer>;

export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly endpoint: Endpoint;
  readonly connection: number;
}

/** Made once: each error that is made writes down its stack, which took an eighth of this registry's time. */
const GONE = new Error("this exchange has ended");

/** One request from its arrival to its end: recorded, struck by faults, handled, answered. Never rejects. */
export async function exchange(
  { request, response, url, endpoint, connection }: Arrival,
  requests: Requests,
  faults: Faults,
  handler: Handler,
): Promise<void> {
  const { socket } = request; // a request that ends early forgets it
  const record = recordOf(request, endpoint, connection);
  requests.open(record);
  const left = new AbortController();
  response.once("close", () => {
    left.abort(GONE);
    requests.end(record);
  });
  const effects = faults.strike(record);
  try {
    for (const { milliseconds } of effectsOf(effects, "latency")) {
      await sleep(milliseconds, undefined, { signal: left.signal });
    }
    const incoming = tampered({ request, url, effects, record, left: left.signal });
    const answer = statusOf(effects) ?? (await answerOf(handler, incoming, endpoint));
    record.status = answer.status;
    if (effectsOf(effects, "lose-answer").length > 0) throw new Cut();
    await send(request, response, answer, effects, record, left.signal);
  } catch (error) {
    if (error instanceof Cut || left.signal.aborted || request.destroyed || response.headersSent) {
      // Cut on purpose, or the client left: what is written already goes out, and no more.
      socket.destroySoon();
    } else {
      record.status = 500;
      response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
    }
  }
}

function recordOf(request: IncomingMessage, endpoint: Endpoint, connection: number): OpenRecord {
  const authorization = request.headers.authorization ?? "";
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    kind: endpoint.kind,
    repository: repositoryOf(endpoint),
    authorization: /^bearer /i.test(authorization) ? "bearer" : /^basic /i.test(authorization) ? "basic" : "none",
    headers: request.headers,
    connection,
    startedAt: Date.now(),
    endedAt: undefined,
    status: 0,
    bytesIn: 0,
    bytesOut: 0,
  };
}

interface Struck {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly effects: readonly FaultEffect[];
  readonly record: OpenRecord;
  readonly left: AbortSignal;
}

/** The request as the handler is to see it. */
function tampered({ request, url, effects, record, left }: Struck): Incoming {
  const headers = { ...request.headers };
  if (effectsOf(effects, "ignore-range").length > 0) delete headers.range;
  const seen = new URL(url);
  if (effectsOf(effects, "refuse-mount").length > 0) seen.searchParams.delete("mount");
  const ofBody = bodyEffects(effects, "request");
  return {
    method: request.method ?? "",
    url: seen,
    headers,
    lag: effectsOf(effects, "lag").reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    body: () => {
      // A body that is not read to its end must not take the connection with it: the answer is still to be sent.
      const chunks = request.iterator({ destroyOnReturn: false });
      return counted(ofBody.length === 0 ? chunks : shaped(chunks, ofBody, left), record);
    },
  };
}

async function* counted(chunks: AsyncIterable<Uint8Array>, record: OpenRecord): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    record.bytesIn += chunk.byteLength;
    yield chunk;
  }
}

function statusOf(effects: readonly FaultEffect[]): Answer | undefined {
  const [effect] = effectsOf(effects, "status");
  if (effect === undefined) return undefined;
  return { status: effect.status, headers: effect.headers ?? {}, body: Buffer.from(effect.body ?? "") };
}

async function answerOf(handler: Handler, incoming: Incoming, endpoint: Endpoint): Promise<Answer> {
  try {
    return await handler(incoming, endpoint);
  } catch (error) {
    if (error instanceof Problem) return error.answer();
    throw error;
  }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  effects: readonly FaultEffect[],
  record: OpenRecord,
  left: AbortSignal,
): Promise<void> {
  const isEndless = effectsOf(effects, "endless").length > 0;
  const body = isEndless ? endless(streamOf(answer.body)) : streamOf(answer.body);
  const changed = effectsOf(effects, "headers").map((effect) => effect.headers);
  const length = answer.status === 204 || isEndless ? {} : { "content-length": body.length };
  const api = { "docker-distribution-api-version": "registry/2.0" };
  response.writeHead(answer.status, Object.assign({ ...length, ...api, ...answer.headers }, ...changed));
  if (request.method !== "HEAD") {
    const ofBody = bodyEffects(effects, "response");
    if (ofBody.length > 0) response.flushHeaders();
    await pour(ofBody.length === 0 ? body.open() : shaped(body.open(), ofBody, left), response, record, left);
  }
  response.end();
}

function streamOf(body: Answer["body"]): Streamed {
  if (body === undefined) return { length: 0, open: () => chunksOf([]) };
  return body instanceof Uint8Array ? { length: body.byteLength, open: () => chunksOf([body]) } : body;
}

const SPACES = Buffer.alloc(64 * 1024, " ");

function endless({ open }: Streamed): Streamed {
  return {
    length: Infinity,
    async *open() {
      yield* open();
      for (;;) yield SPACES;
    },
  };
}

async function* chunksOf(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

/** Writes with back-pressure. */
async function pour(
  chunks: AsyncIterable<Uint8Array>,
  response: ServerResponse,
  record: OpenRecord,
  left: AbortSignal,
): Promise<void> {
  for await (const chunk of chunks) {
    record.bytesOut += chunk.byteLength;
    if (!response.write(chunk)) await once(response, "drain", { signal: left });
  }
}
