import type { Dispatcher } from "undici";
import { asFailure, failure, SlipwayError } from "../words/error.ts";
import { type ConnectionOptions, connectionTo } from "./connections.ts";
import type { Answer, Outgoing } from "./hook.ts";

/** No receiver has more to say that matters. */
const MOST_ANSWER_BYTES = 64 * 1024;

export interface PostOptions extends ConnectionOptions {
  /** For all of it, from the name's lookup to the answer's end. */
  readonly milliseconds: number;
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Posts once and reads the answer. Redirects are answers like others: what was signed is for one address.
 * @param name the channel's, for errors
 * @throws NOTIFY_UNREACHABLE (retryable), NOTIFY_INTERNAL, PROXY_INVALID, the signal's reason
 */
export async function post(outgoing: Outgoing, name: string, options: PostOptions): Promise<Answer> {
  const { url, headers, body } = outgoing;
  const { milliseconds, userAgent, signal } = options;
  const inTime = AbortSignal.timeout(milliseconds);
  let dispatcher: Dispatcher | undefined;
  try {
    dispatcher = await connectionTo(url, options, milliseconds);
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "POST",
      headers: { ...headers, "user-agent": userAgent },
      body,
      signal: signal === undefined ? inTime : AbortSignal.any([inTime, signal]),
    });
    const retryAfter = retryAfterIn(answer.headers["retry-after"]);
    const text = await beginningOf(answer.body);
    return { status: answer.statusCode, text, ...(retryAfter !== undefined && { retryAfter }) };
  } catch (thrown) {
    if (signal?.aborted === true) throw asFailure(signal.reason);
    const facts = { name, host: url.host };
    if (inTime.aborted) {
      const reason = `no answer within ${milliseconds / 1000} s`;
      throw failure("NOTIFY_UNREACHABLE", { ...facts, reason }, { retryable: true });
    }
    throw networkFailure(thrown, facts);
  } finally {
    await dispatcher?.destroy();
  }
}

async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString();
}

/** A number of seconds or a date, as milliseconds from now. https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
function retryAfterIn(header: string | string[] | undefined): number | undefined {
  const text = [header].flat()[0] ?? "";
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** What can be told of a connection's end. https://nodejs.org/api/errors.html#common-system-errors */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "this machine cannot resolve its name",
  EAI_AGAIN: "the name servers do not answer",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to its network",
  ETIMEDOUT: "no answer to the attempt to connect",
  UND_ERR_CONNECT_TIMEOUT: "no answer to the attempt to connect",
  EPIPE: "it no longer reads",
  UND_ERR_SOCKET: "it closed the connection",
};

function networkFailure(thrown: unknown, facts: { readonly name: string; readonly host: string }): SlipwayError {
  const cause = innermost(thrown);
  if (cause instanceof SlipwayError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reason = REASONS[code] ?? (code === "" ? "the connection failed" : `the connection failed (${code})`);
  return failure("NOTIFY_UNREACHABLE", { ...facts, reason }, { cause, retryable: code !== "ENOTFOUND" });
}

/** Of the attempts to connect to each address of a name the first tells most. */
function innermost(thrown: unknown): unknown {
  if (thrown instanceof SlipwayError || !(thrown instanceof Error)) return thrown;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return innermost(thrown.errors[0]);
  return thrown.cause instanceof Error ? innermost(thrown.cause) : thrown;
}
