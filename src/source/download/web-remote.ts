import { createHash } from "node:crypto";
import type { Dispatcher } from "undici";
import { failure } from "../../words/error.ts";
import { fileNameOf, isLoopback, redirectTarget, shownUrl } from "./address.ts";
import { parseContentRange, whyNoRest } from "./content-range.ts";
import { retryAfter } from "./patience.ts";
import { connectionFailure, refusal } from "./refusal.ts";
import type { Answer, Held, Remote, Version } from "./remote.ts";

const MOST_REDIRECTS = 10;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * A file behind a URL, read with HTTP's conditional and range requests. Bytes are kept as they are sent: a server that
 * compresses on its own, though it is asked not to, gives another file.
 * https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
 * https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 * @param url checked already. User and password in it are sent to its own origin, and nowhere else.
 */
export async function openWebRemote(url: URL): Promise<Remote> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  // Time is kept by whoever asks; this machine itself is never asked for through a proxy.
  const options = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 };
  const [direct, elsewhere] = [new Agent(options), new EnvHttpProxyAgent(options)];
  const name = shownUrl(url);
  const send: Send = (target, headers, signal, method = "GET") =>
    (isLoopback(target) ? direct : elsewhere).request({
      origin: target.origin,
      path: `${target.pathname}${target.search}`,
      method,
      headers: { ...headers, ...authorization(url, target) },
      signal,
    });
  return {
    name,
    identity: identityOf(url),
    fileName: fileNameOf(url),
    ask: async (held, signal) => {
      const response = await followed(url, send, { "accept-encoding": "identity", ...conditions(held) }, signal);
      const answer = answerOf(name, response, held);
      if (answer.kind !== "bytes") drop(response);
      return answer;
    },
    look: async (signal) => {
      const head: Send = (target, headers) => send(target, headers, signal, "HEAD");
      const asked = await followed(url, head, { "accept-encoding": "identity" }, signal);
      drop(asked);
      if (asked.statusCode === 200) return numberIn(header(asked, "content-length"));
      // A signed address may be for GET alone, and some servers know no HEAD.
      const first = await followed(url, send, { "accept-encoding": "identity", range: "bytes=0-0" }, signal);
      drop(first);
      if (first.statusCode === 200) return numberIn(header(first, "content-length"));
      if (first.statusCode === 206) return parseContentRange(header(first, "content-range"))?.size;
      // The one byte of an empty file is none.
      if (first.statusCode === 416) return 0;
      throw refusal(name, first.statusCode, first.statusText ?? "");
    },
    failed: (thrown) => connectionFailure(name, thrown),
    close: async () => {
      await Promise.all([direct.destroy(), elsewhere.destroy()]);
    },
  };
}

type Headers = Readonly<Record<string, string>>;
type Send = (
  target: URL,
  headers: Headers,
  signal: AbortSignal,
  method?: "GET" | "HEAD",
) => Promise<Dispatcher.ResponseData>;

/** Basic, as curl takes it from a URL. https://www.rfc-editor.org/rfc/rfc7617 */
function authorization(url: URL, target: URL): Headers {
  if (target.origin !== url.origin || (url.username === "" && url.password === "")) return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** Parameters that only sign a URL: they are new each time, and the file is the same. */
const SIGNING =
  /^(x-(amz|goog|oss|cos|obs|tos)-|awsaccesskeyid$|ossaccesskeyid$|expires$|signature$|key-pair-id$|policy$|token$)/i;

/** The URL without secrets, and the hash of what else in its query says which file it is. */
function identityOf(url: URL): string {
  const asked = [...url.searchParams].filter(([name]) => !SIGNING.test(name));
  if (asked.length === 0) return shownUrl(url);
  return `${shownUrl(url)}?${createHash("sha256").update(JSON.stringify(asked)).digest("hex")}`;
}

async function followed(url: URL, send: Send, headers: Headers, signal: AbortSignal) {
  // Without user and password, which a relative redirect would take over.
  const first = new URL(`${url.pathname}${url.search}`, url.origin);
  let at = first;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const response = await send(at, headers, signal);
    const location = REDIRECTS.includes(response.statusCode) ? header(response, "location") : undefined;
    if (location === undefined) return response;
    drop(response);
    at = redirectTarget(first, at, location);
  }
  const reason = `it leads on after ${MOST_REDIRECTS} others`;
  throw failure("DOWNLOAD_REDIRECT_REFUSED", { url: shownUrl(first), location: shownUrl(at), reason });
}

/** `If-Range` wants a validator that is strong; a date is the second best. */
function conditions(held: Held | undefined): Headers {
  if (held === undefined) return {};
  const { etag, lastModified } = held.version;
  if (held.kind === "part") return { range: `bytes=${held.bytes}-`, "if-range": etag ?? lastModified ?? "" };
  return {
    ...(etag !== undefined && { "if-none-match": etag }),
    ...(etag === undefined && lastModified !== undefined && { "if-modified-since": lastModified }),
  };
}

function answerOf(url: string, response: Dispatcher.ResponseData, held: Held | undefined): Answer {
  const status = response.statusCode;
  const version = versionOf(response);
  if (status === 304 && held?.kind === "whole") return { kind: "unchanged" };
  if (held !== undefined && (status === 412 || status === 416)) return { kind: "outdated" };
  if (status === 200) {
    const isSame = held?.kind === "whole" && version.etag !== undefined && version.etag === held.version.etag;
    if (isSame) return { kind: "unchanged" };
    const size = numberIn(header(response, "content-length"));
    return {
      kind: "bytes",
      version: { ...version, ...(size !== undefined && { size }) },
      start: 0,
      body: response.body,
    };
  }
  if (status === 206 && held?.kind === "part") {
    const range = parseContentRange(header(response, "content-range"));
    // What is held and what would come do not fit together; nothing of either is used.
    if (whyNoRest(range, version, held) !== undefined) return { kind: "outdated" };
    return { kind: "bytes", version: held.version, start: held.bytes, body: response.body };
  }
  const waitMilliseconds = retryAfter(header(response, "retry-after"));
  return {
    kind: "refused",
    error: refusal(url, status, response.statusText ?? ""),
    ...(waitMilliseconds !== undefined && { waitMilliseconds }),
  };
}

/**
 * What is strong enough to join bytes by: an ETag that is not weak, a date at least a second before the answer's own, as
 * the file could otherwise have changed within that second.
 * https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
 */
function versionOf(response: Dispatcher.ResponseData): Version {
  const [etag, lastModified] = [header(response, "etag"), header(response, "last-modified")];
  const age = Date.parse(header(response, "date") ?? "") - Date.parse(lastModified ?? "");
  return {
    ...(etag?.startsWith('"') && { etag }),
    ...(lastModified !== undefined && age >= 1000 && { lastModified }),
  };
}

function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Ends an answer whose body is of no use, with its connection. */
function drop({ body }: Dispatcher.ResponseData): void {
  body.on("error", () => undefined).destroy();
}
