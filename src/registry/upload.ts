import type { Descriptor } from "../oci/descriptor.ts";
import type { Body, PushBlobOptions, Pushed } from "../target/target.ts";
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
  const upload: Upload = { host, repository, blob, body, scopes, signal };
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
  const rule = host.upload;
  try {
    await (rule.way === "whole"
      ? sendWhole(upload, session)
      : sendChunks(upload, session, rule.way === "chunks" ? rule.bytes : blob.size));
  } catch (error) {
    const other = otherWay(rule, blob, error);
    if (other === undefined) throw error;
    host.upload = other;
    const again = await openSession(upload, undefined);
    if (again !== "mounted") await send(upload, again);
  }
}

const SMALLER_CHUNKS = 16 * 1024 * 1024;

/** 413 asks for smaller pieces, 416 and 405 for none at all; each is followed once. */
function otherWay(rule: UploadRule, blob: Descriptor, error: unknown): UploadRule | undefined {
  const status = statusOf(error);
  if (status === 413 && rule.way !== "chunks" && blob.size > SMALLER_CHUNKS)
    return { way: "chunks", bytes: SMALLER_CHUNKS };
  if ((status === 416 || status === 405) && rule.way === "chunks") return { way: "whole" };
  return undefined;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || !("facts" in error)) return undefined;
  if (error.code === "UNSUPPORTED") return 405;
  const facts = error.facts;
  return typeof facts === "object" && facts !== null && "status" in facts ? Number(facts.status) : undefined;
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
    expect: [201, 202, 204],
    retry: false,
    ...(signal !== undefined && { signal }),
  } as const;
  await host.call(call, async () => {});
}
