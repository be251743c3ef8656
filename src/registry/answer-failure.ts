import { failure, type SlipwayError } from "../words/error.ts";
import { readErrorBody } from "./error-body.ts";
import { isManifestRefused } from "./manifest-refusal.ts";
import { protectedTag } from "./tag-protection.ts";
import type { Answer } from "./transport/exchange.ts";

export interface Asked {
  readonly host: string;
  readonly operation: string;
  readonly repository: string;
  /** Where the credential came from. */
  readonly origin: string;
}

const MAX_ERROR_BODY = 64 * 1024;
/**
 * How registries say that there is no room: Harbor ("will exceed the configured upper limit"), Quay, GitLab, Alibaba Cloud
 * and GitHub ("quota", "storage limit"), and disks.
 */
const NO_ROOM =
  /quota|exceed[a-z]* (the )?(configured|storage|space|size|maximum)|(storage|space|size) limit|insufficient storage|no space left/i;
/** Docker's registry tells the number of the system's error alone: ENOSPC, EDQUOT. */
const DISK_FULL = /"Err":\s*(28|122)\b/;

/**
 * What a registry's refusal means. Reads the error body (capped) and lets go of the connection.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
 */
export async function answerFailure(answer: Answer, asked: Asked): Promise<SlipwayError> {
  const body = await answer.bytes(MAX_ERROR_BODY).catch(() => Buffer.alloc(0));
  const { code, detail: said } = readErrorBody(body);
  const { host, operation, repository, origin } = asked;
  const { status } = answer;
  const detail = said || `answer ${status}`;
  if (status === 429 || code === "TOOMANYREQUESTS") {
    return failure("RATE_LIMITED", { host, operation, detail }, { retryable: true });
  }
  const isFull = (status === 403 && NO_ROOM.test(detail)) || (status >= 500 && DISK_FULL.test(body.toString("latin1")));
  if (status === 413 || status === 507 || isFull) return failure("QUOTA_EXCEEDED", { host, operation, status, detail });
  const tag = protectedTag(operation, status, { code, detail });
  if (tag !== undefined) return failure("TAG_IMMUTABLE", { target: `${host}/${repository}:${tag}`, detail });
  if (isManifestRefused(operation, status, { code, detail }))
    return failure("MANIFEST_REFUSED", { host, operation, detail });
  if (status === 401) return failure("UNAUTHORIZED", { host, operation, origin, detail });
  if (status === 403) return failure("DENIED", { host, operation, origin, detail });
  // Harbor's word for a project that is not there
  const lacksProject = code === "NOT_FOUND" && /^POST \/v2\/.+\/blobs\/uploads\/$/.test(operation);
  if (code === "NAME_UNKNOWN" || lacksProject) return failure("REPOSITORY_UNKNOWN", { host, repository, origin });
  if (code === "MANIFEST_BLOB_UNKNOWN" || code === "BLOB_UNKNOWN")
    return failure("PARTS_MISSING", { host, operation, detail });
  if (code === "UNSUPPORTED" || status === 405) return failure("UNSUPPORTED", { host, operation, detail });
  // the digest is right: Docker's registry has read something that another program was just writing
  const isHalfWritten = code === "DIGEST_INVALID" && /^PUT \/v2\/.+\/manifests\/[^/]+$/.test(operation);
  const mayPass = status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505);
  const retryable = mayPass || isHalfWritten;
  return failure("REGISTRY_ANSWER", { host, status, operation, detail }, { retryable });
}
