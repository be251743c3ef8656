import type { Descriptor } from "../oci/descriptor.ts";
import type { Body, PushBlobOptions, Pushed } from "../target/target.ts";
import { SlipwayError } from "../words/error.ts";
import type { Scopes } from "./auth/scope.ts";
import { blobExists } from "./blobs.ts";
import { sendChunks } from "./chunks.ts";
import type { Host } from "./host.ts";
import type { UploadRule } from "./hosts/rule.ts";
import { retrying } from "./transport/retry.ts";
import { sessionUrl, type Upload, withDigest } from "./upload-session.ts";

/**
 * Sends a blob: mounted where another repository is known to hold it, else in the way that the host takes. A host that
 * refuses one way is sent the other, and remembered. Before a second try it is asked whether the first had arrived.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs
 */
export function pushBlob(
  host: Host,
  repository: string,
  blob: Descriptor,
  body: Body,
  options: PushBlobOptions,
): Promise<Pushed> {
  const { mountFrom } = options;
  const scopes: Scopes = { [repository]: "push", ...(mountFrom !== undefined && { [mountFrom]: "pull" }) };
  const signal = options.signal ?? host.setup.signal;
  const paced = host.setup.uploads?.slow(body) ?? body;
  const upload: Upload = { host, repository, blob, body: paced, scopes, signal };
  let mismatches = 0;
  return retrying(
    async (attempt) => {
      if (attempt > 1 && (await blobExists(host, repository, blob))) return "written";
      const session = await openSession(upload, attempt === 1 ? mountFrom : undefined);
      if (session === "mounted") return "mounted";
      await send(upload, session);
      return "written";
    },
    {
      policy: host.retry,
      // bytes that are wrong twice are wrong at the source
      hopeless: ({ code }) => code === "CONTENT_MISMATCH" && ++mismatches > 1,
      ...(signal !== undefined && { signal }),
      onRetry: (error, attempt) => {
        const operation = `PUT /v2/${repository}/blobs/${blob.digest}`;
        host.tell({ kind: "retrying", host: host.name, operation, error, attempt });
      },
    },
  );
}

/** @returns "mounted", or where to send the blob */
async function openSession(
  { host, repository, blob, scopes, signal }: Upload,
  mountFrom: string | undefined,
): Promise<URL | "mounted"> {
  const query = mountFrom === undefined ? "" : `?mount=${blob.digest}&from=${encodeURIComponent(mountFrom)}`;
  const path = `/v2/${repository}/blobs/uploads/${query}`;
  const call = {
    method: "POST",
    path,
    repository,
    scopes,
    expect: [201, 202],
    ...(signal !== undefined && { signal }),
  } as const;
  return host.call(call, async (answer) => (answer.status === 201 ? "mounted" : sessionUrl(host, path, answer)));
}

async function send(upload: Upload, session: URL): Promise<void> {
  const { host, blob } = upload;
  const before = host.upload;
  try {
    await sendBy(before, upload, session);
  } catch (error) {
    const other = otherWay(before, blob, error);
    if (other === undefined) throw error;
    const again = await openSession(upload, undefined);
    if (again !== "mounted") await sendBy(other, upload, again);
    // only a way that has worked is remembered
    host.upload = other;
  }
}

function sendBy(rule: UploadRule, upload: Upload, session: URL): Promise<void> {
  return rule.way === "whole" ? sendWhole(upload, session) : sendChunks(upload, session, rule.bytes);
}

const SMALLER_CHUNKS = 16 * 1024 * 1024;

/** 413 asks for smaller pieces; 416 and 405 say that pieces are not taken at all. */
function otherWay(rule: UploadRule, blob: Descriptor, error: unknown): UploadRule | undefined {
  if (!(error instanceof SlipwayError)) return undefined;
  const isTooLarge = error.facts.status === 413 && blob.size > SMALLER_CHUNKS;
  if (rule.way === "whole") return isTooLarge ? { way: "chunks", bytes: SMALLER_CHUNKS } : undefined;
  return error.facts.status === 416 || error.code === "UNSUPPORTED" ? { way: "whole" } : undefined;
}

async function sendWhole({ host, repository, blob, body, scopes, signal }: Upload, session: URL): Promise<void> {
  const call = {
    method: "PUT",
    path: withDigest(session, blob),
    repository,
    scopes,
    lane: "upload",
    headers: { "content-type": "application/octet-stream" },
    body: { length: blob.size, open: body },
    bytes: blob.size,
    expect: [201, 202, 204],
    retry: false,
    ...(signal !== undefined && { signal }),
  } as const;
  await host.call(call, async () => {});
}
