import { type Dispatcher, fetch, Response } from "undici";
import { failure } from "../words/error.ts";
import { belongsToApi } from "./address.ts";
import { openDispatcher } from "./dispatcher.ts";
import { networkFailure } from "./network-failure.ts";
import type { Environment, Silence } from "./options.ts";
import { redirectTarget } from "./redirect.ts";
import { Watch } from "./watch.ts";

export interface TransportSetup {
  readonly api: URL;
  readonly environment: Environment;
  readonly ca: string | undefined;
  readonly silence: Silence;
}

/** What Octokit gives to `fetch`. */
export interface FetchRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  /** JSON, or the pieces of a file. */
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | null;
}

/** How requests get to GitHub and answers back. */
export interface Transport {
  /** A `fetch` that never sends a request beyond the API and its uploads, and gives whole answers only. */
  readonly fetch: (url: string, request: FetchRequest) => Promise<Response>;
  close(): Promise<void>;
}

const MOST_REDIRECTS = 3;
/** A hundred releases with the longest notes in four-byte characters are 50 MB. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024;

/** @throws PROXY_INVALID */
export function openTransport({ api, environment, ca, silence }: TransportSetup): Transport {
  const dispatcher = openDispatcher(api, environment, ca);
  return {
    fetch: async (url, request) => {
      let target = new URL(url);
      for (let redirects = 0; ; redirects += 1) {
        const answer = await once(target, request, { api, dispatcher, silence });
        const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
        if (location === null) return answer;
        target = redirectTarget({ api, from: target, location, method: request.method, status: answer.status });
        if (redirects === MOST_REDIRECTS) {
          throw failure("GITHUB_REDIRECTED", redirected(target, request.method, "it redirects again and again"));
        }
      }
    },
    close: () => dispatcher.close(),
  };
}

interface Way extends Pick<TransportSetup, "api" | "silence"> {
  readonly dispatcher: Dispatcher;
}

/** One request and its whole answer. @throws GITHUB_UNREACHABLE, GITHUB_UNTRUSTED, GITHUB_REDIRECTED, GITHUB_ANSWER */
async function once(url: URL, request: FetchRequest, { api, dispatcher, silence }: Way): Promise<Response> {
  const { method, headers, body, signal } = request;
  if (!belongsToApi(url, api)) {
    throw failure("GITHUB_REDIRECTED", redirected(url, method, `it is not part of ${api.origin}`));
  }
  const operation = `${method} ${url.pathname}`;
  const isUpload = body !== undefined && typeof body !== "string";
  using watch = new Watch(isUpload ? silence.uploadMilliseconds : silence.answerMilliseconds, url.host, operation);
  try {
    const answer = await fetch(url, {
      method,
      headers,
      dispatcher,
      redirect: "manual",
      signal: AbortSignal.any([watch.signal, ...(signal ? [signal] : [])]),
      ...(body !== undefined && { body: isUpload ? watch.over(body) : body, duplex: "half" as const }),
    });
    watch.tick();
    const bytes = await readWhole(answer, watch, url.host, operation);
    const isBare = answer.status === 204 || answer.status === 205 || answer.status === 304;
    return new Response(isBare ? null : bytes, { status: answer.status, headers: answer.headers });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw networkFailure(watch.signal.aborted ? watch.signal.reason : thrown, url.host, operation);
  }
}

/** Octokit takes a body that was cut for an empty one, and an empty page for the end of a list. */
async function readWhole(answer: Response, watch: Watch, host: string, operation: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (answer.body === null) return Buffer.alloc(0);
  for await (const chunk of watch.over(answer.body)) {
    length += chunk.byteLength;
    if (length > MOST_ANSWER_BYTES) {
      throw failure("GITHUB_ANSWER", { host, operation, reason: `it is longer than ${MOST_ANSWER_BYTES} bytes` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function redirected(url: URL, method: string, reason: string) {
  return { host: url.host, operation: `${method} ${url.pathname}`, location: url.origin + url.pathname, reason };
}
