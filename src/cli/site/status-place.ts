import { readFile } from "node:fs/promises";
import { connectionTo } from "../../notify/connections.ts";
import { readStatus, type StatusFile } from "../../site/sources/index.ts";
import { failure, SlipwayError } from "../../words/error.ts";
import type { Context } from "../command.ts";

/** Where a status comes from. */
export type StatusPlace =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "address"; readonly url: URL };

const MILLISECONDS = 10_000;
/** A status has some hundred bytes for each mirror. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What `--status` says. */
export function statusPlaceOf(text: string): StatusPlace {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? { kind: "address", url } : { kind: "file", file: text };
}

/** Reads a status, wherever it is. @throws SITE_STATUS_UNREADABLE, PROXY_INVALID, the signal's reason */
export async function readStatusAt(
  place: StatusPlace,
  context: Pick<Context, "environment" | "signal">,
): Promise<StatusFile> {
  const name = place.kind === "file" ? place.file : `${place.url.origin}${place.url.pathname}`;
  const unreadable = (reason: string, cause?: unknown) =>
    failure("SITE_STATUS_UNREADABLE", { place: name, reason }, { cause, retryable: place.kind === "address" });
  try {
    const text = place.kind === "file" ? await readFile(place.file, "utf8") : await textAt(place.url, context);
    const reading = readStatus(JSON.parse(text));
    if (reading.kind === "status") return reading.status;
    throw unreadable(`${reading.at}: expected ${reading.expected}`);
  } catch (thrown) {
    context.signal.throwIfAborted();
    if (thrown instanceof SlipwayError) throw thrown;
    throw unreadable(reasonOf(thrown), thrown);
  }
}

async function textAt(url: URL, { environment, signal }: Pick<Context, "environment" | "signal">): Promise<string> {
  const { fetch } = await import("undici");
  const dispatcher = await connectionTo(url, { environment }, MILLISECONDS);
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(MILLISECONDS)]);
    const answer = await fetch(url, { dispatcher, signal: inTime });
    if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body) {
      length += chunk.byteLength;
      if (length > MOST_BYTES) throw new Error(`it is longer than ${MOST_BYTES} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } finally {
    await dispatcher.destroy();
  }
}

/** undici says "fetch failed", and the cause why. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message;
}
