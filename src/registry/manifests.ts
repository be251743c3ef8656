import type { Descriptor } from "../oci/descriptor.ts";
import { algorithmOf, type Digest, digestOf, isDigest } from "../oci/digest.ts";
import { MAX_MANIFEST_BYTES, type RawManifest } from "../oci/manifest.ts";
import { ACCEPTED_MANIFESTS, isManifestType } from "../oci/media-types.ts";
import type { TagOrDigest } from "../target/target.ts";
import { asFailure, failure } from "../words/error.ts";
import { type Call, operationOf } from "./call.ts";
import type { Host } from "./host.ts";
import type { Answer } from "./transport/exchange.ts";
import { retrying } from "./transport/retry.ts";

const ACCEPT = ACCEPTED_MANIFESTS.join(", ");

/**
 * What a tag or digest stands for, by HEAD; by GET where a registry's HEAD does not tell.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
 */
export async function headManifest(
  host: Host,
  repository: string,
  reference: TagOrDigest,
): Promise<Descriptor | undefined> {
  const call = { ...read(repository, reference), method: "HEAD", expect: [200, 404, 405] } as const;
  const head = await host.call(call, async (answer) => {
    if (answer.status === 404) return undefined;
    const digest = answer.header("docker-content-digest") ?? reference;
    const size = Number(answer.header("content-length"));
    const mediaType = mediaTypeOf(answer);
    const usable =
      answer.status === 200 && isDigest(digest) && isManifestType(mediaType) && Number.isSafeInteger(size) && size > 0;
    return usable ? { mediaType, digest, size } : "ask by GET";
  });
  if (head !== "ask by GET") return head;
  const manifest = await getManifest(host, repository, reference);
  return manifest?.descriptor;
}

/** A manifest's exact bytes, or undefined where there is none. @throws CONTENT_MISMATCH when they are not what was asked for */
export function getManifest(host: Host, repository: string, reference: TagOrDigest): Promise<RawManifest | undefined> {
  const call = { ...read(repository, reference), method: "GET", expect: [200, 404] } as const;
  return host.call(call, async (answer) => {
    if (answer.status === 404) return undefined;
    const bytes = await readCapped(host, call.path, answer);
    const promised = isDigest(reference) ? reference : answer.header("docker-content-digest");
    const digest = checkDigest(`${host.name}/${repository}`, bytes, promised);
    return { bytes, descriptor: { mediaType: servedType(answer, bytes), digest, size: bytes.byteLength } };
  });
}

async function readCapped(host: Host, path: string, answer: Answer): Promise<Buffer> {
  const tooLarge = () =>
    failure("ANSWER_INVALID", {
      host: host.name,
      operation: `GET ${path}`,
      reason: `the manifest is over ${MAX_MANIFEST_BYTES} bytes`,
    });
  if (Number(answer.header("content-length") ?? 0) > MAX_MANIFEST_BYTES) throw tooLarge();
  return answer.bytes(MAX_MANIFEST_BYTES).catch((error: unknown) => {
    throw error instanceof RangeError ? tooLarge() : error;
  });
}

function checkDigest(target: string, bytes: Uint8Array, promised: string | undefined): Digest {
  if (promised === undefined || !isDigest(promised)) return digestOf(bytes);
  const actual = digestOf(bytes, algorithmOf(promised));
  if (actual === promised) return actual;
  throw failure(
    "CONTENT_MISMATCH",
    { digest: promised, target, reason: `they hash to ${actual}` },
    { retryable: true },
  );
}

/**
 * Puts a manifest under a tag or its digest. Before a second try the registry is asked whether the first had arrived.
 * @param beforeSend called right before each try is sent; what it throws ends them
 * @throws TAG_IMMUTABLE where the tag is protected and stands for something else; MANIFEST_REFUSED, PARTS_MISSING, …
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests
 * @returns whether the registry has listed it with its subject, where it has one
 */
export function putManifest(
  host: Host,
  repository: string,
  manifest: RawManifest,
  reference: TagOrDigest,
  beforeSend?: () => void,
): Promise<{ listed: boolean }> {
  const { descriptor, bytes } = manifest;
  const path = manifestPath(repository, reference);
  const call: Call = {
    method: "PUT",
    path,
    repository,
    scopes: { [repository]: "push" },
    headers: { "content-type": descriptor.mediaType },
    body: bytes,
    expect: [200, 201, 202],
    retry: false,
    ...(beforeSend !== undefined && { beforeSend }),
  };
  const put = (alone: boolean) =>
    host.call({ ...call, alone }, async (answer) => {
      checkStored(host, call, descriptor.digest, answer.header("docker-content-digest"));
      return { listed: answer.header("oci-subject") !== undefined };
    });
  let refusals = 0;
  return retrying(
    async (attempt) => {
      const isAgain = attempt > 1;
      if (isAgain && (await isStored(host, repository, descriptor.digest, reference))) return { listed: false };
      return put(isAgain).catch(async (error: unknown) => {
        // a protected tag is refused whatever it is put to, also what it stands for already
        const isProtected = asFailure(error).code === "TAG_IMMUTABLE";
        if (isProtected && (await isStored(host, repository, descriptor.digest, reference))) return { listed: false };
        throw error;
      });
    },
    {
      policy: host.retry,
      hopeless: ({ facts }) => facts.status === 400 && ++refusals > 1,
      ...(host.setup.signal !== undefined && { signal: host.setup.signal }),
      onRetry: (error, attempt) =>
        host.tell({ kind: "retrying", host: host.name, operation: operationOf(call), error, attempt }),
    },
  );
}

/** One question: the tries are counted by who asks. A registry whose HEAD does not tell is sent the manifest again. */
function isStored(host: Host, repository: string, digest: Digest, reference: TagOrDigest): Promise<boolean> {
  const call = { ...read(repository, reference), method: "HEAD", expect: [200, 404, 405], retry: false } as const;
  return host.call(call, async (answer) => answer.header("docker-content-digest") === digest);
}

function checkStored(host: Host, call: Call, digest: Digest, stored: string | undefined): void {
  if (stored === undefined || !isDigest(stored) || algorithmOf(stored) !== algorithmOf(digest) || stored === digest) {
    return;
  }
  const reason = `it stored ${stored} instead of ${digest}`;
  throw failure("ANSWER_INVALID", { host: host.name, operation: operationOf(call), reason });
}

export function manifestPath(repository: string, reference: TagOrDigest): string {
  return `/v2/${repository}/manifests/${reference}`;
}

function read(repository: string, reference: TagOrDigest) {
  const path = manifestPath(repository, reference);
  return { path, repository, scopes: { [repository]: "pull" }, headers: { accept: ACCEPT } } as const;
}

function mediaTypeOf(answer: Answer): string {
  return (answer.header("content-type") ?? "").split(";")[0]?.trim() ?? "";
}

/** Servers that hand manifests out as plain files do not know their type; the manifest itself says it then. */
function servedType(answer: Answer, bytes: Uint8Array): string {
  const served = mediaTypeOf(answer);
  if (!["", "application/json", "application/octet-stream", "text/plain"].includes(served)) return served;
  try {
    const { mediaType } = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeof mediaType === "string" ? mediaType : served;
  } catch {
    return served;
  }
}
