import type { BlobDownloadResponseParsed, RestError } from "@azure/storage-blob";
import type { SlipwayError } from "../../words/error.ts";
import { fileNameOf, shownUrl } from "./address.ts";
import { parseContentRange, whyNoRest } from "./content-range.ts";
import { retryAfter } from "./patience.ts";
import { connectionFailure, refusal } from "./refusal.ts";
import type { Answer, Held, Remote, Version } from "./remote.ts";
import { beginningOfSas } from "./sas.ts";
import { sasProblem } from "./sas-problem.ts";

/**
 * A blob of Azure Blob Storage, read by its SAS URL alone. The library sends one request for each question; trying
 * again is for whoever asks.
 * https://learn.microsoft.com/rest/api/storageservices/get-blob
 */
export async function openAzureRemote(url: URL): Promise<Remote> {
  const { AnonymousCredential, BlobClient } = await import("@azure/storage-blob");
  const client = new BlobClient(url.href, new AnonymousCredential(), { retryOptions: { maxTries: 1 } });
  const name = shownUrl(url);
  return {
    name,
    identity: name,
    fileName: fileNameOf(url),
    ask: async (held, abortSignal) => {
      try {
        const options = { abortSignal, conditions: conditions(held), maxRetryRequests: 0 };
        return answerOf(await client.download(held?.kind === "part" ? held.bytes : 0, undefined, options), held);
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        return refused(url, thrown, held);
      }
    },
    look: async (abortSignal) => {
      try {
        return (await client.getProperties({ abortSignal })).contentLength;
      } catch (thrown) {
        throw isRefusal(thrown) ? whyRefused(url, thrown) : thrown;
      }
    },
    failed: (thrown) => connectionFailure(name, thrown),
    close: async () => {},
  };
}

function conditions(held: Held | undefined) {
  if (held?.version.etag === undefined) return {};
  return held.kind === "part" ? { ifMatch: held.version.etag } : { ifNoneMatch: held.version.etag };
}

function answerOf(response: BlobDownloadResponseParsed, held: Held | undefined): Answer {
  const body = bytesOf(response.readableStreamBody);
  const { etag, lastModified, contentLength, contentRange } = response;
  const version: Version = {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified: lastModified.toUTCString() }),
  };
  if (held?.kind === "part" && contentRange !== undefined) {
    if (whyNoRest(parseContentRange(contentRange), version, held) !== undefined) return { kind: "outdated" };
    return { kind: "bytes", version: held.version, start: held.bytes, body };
  }
  // Of a part, `contentMD5` would be the part's.
  const md5 = response.blobContentMD5 ?? response.contentMD5;
  return {
    kind: "bytes",
    version: {
      ...version,
      ...(contentLength !== undefined && { size: contentLength }),
      ...(md5 !== undefined && { md5: Buffer.from(md5).toString("base64") }),
    },
    start: 0,
    body,
  };
}

async function* bytesOf(stream: NodeJS.ReadableStream | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream ?? []) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

type Refusal = RestError & { readonly statusCode: number };

/** The library's classes may be there twice; what counts is whether the service has answered. */
function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Error && "statusCode" in thrown && typeof thrown.statusCode === "number";
}

function refused(url: URL, thrown: Refusal, held: Held | undefined): Answer {
  if (thrown.statusCode === 304 && held?.kind === "whole") return { kind: "unchanged" };
  if (held !== undefined && (thrown.statusCode === 412 || thrown.statusCode === 416)) return { kind: "outdated" };
  const waitMilliseconds = retryAfter(thrown.response?.headers.get("retry-after"));
  return {
    kind: "refused",
    error: whyRefused(url, thrown),
    ...(waitMilliseconds !== undefined && { waitMilliseconds }),
  };
}

/**
 * Azure says little of why a signature is refused; the URL itself says more.
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
 */
function whyRefused(url: URL, { statusCode, code = "" }: Refusal): SlipwayError {
  const name = shownUrl(url);
  const detail = code === "" ? "" : String(code);
  if (statusCode !== 401 && statusCode !== 403) return refusal(name, statusCode, detail);
  const now = new Date();
  const known = sasProblem(url.href, now);
  if (known !== undefined) return known;
  const beginning = beginningOfSas(url.href);
  if (!url.searchParams.has("sig")) return refusal(name, statusCode, "the URL has no signature");
  if (beginning !== undefined && beginning > now) {
    return refusal(name, statusCode, `the SAS begins to be valid at ${beginning.toISOString()}`);
  }
  return refusal(name, statusCode, detail);
}
