import { failure, type SlipwayError } from "../words/error.ts";
import { readErrorBody } from "./error-body.ts";
import type { Answer } from "./transport/exchange.ts";

export interface Asked {
  readonly host: string;
  readonly operation: string;
  readonly repository: string;
  /** Where the credential came from. */
  readonly origin: string;
}

const MAX_ERROR_BODY = 64 * 1024;
const QUOTA = /quota|storage limit|exceeded .*(storage|space)|insufficient storage|no space/i;

/**
 * What a registry's refusal means. Reads the error body (capped) and lets go of the connection.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
 */
export async function answerFailure(answer: Answer, asked: Asked): Promise<SlipwayError> {
  const { code, detail: said } = readErrorBody(await answer.bytes(MAX_ERROR_BODY).catch(() => Buffer.alloc(0)));
  const { host, operation, repository, origin } = asked;
  const { status } = answer;
  const detail = said || `answer ${status}`;
  if (status === 429 || code === "TOOMANYREQUESTS") {
    return failure("RATE_LIMITED", { host, operation, detail }, { retryable: true });
  }
  if (status === 507 || ((status === 403 || status === 413) && QUOTA.test(detail))) {
    return failure("QUOTA_EXCEEDED", { host, operation, detail });
  }
  if (status === 401) return failure("UNAUTHORIZED", { host, operation, origin, detail });
  if (status === 403) return failure("DENIED", { host, operation, origin, detail });
  if (code === "NAME_UNKNOWN") return failure("REPOSITORY_UNKNOWN", { host, repository, origin });
  if (code === "MANIFEST_BLOB_UNKNOWN" || code === "BLOB_UNKNOWN")
    return failure("PARTS_MISSING", { host, operation, detail });
  if (code === "UNSUPPORTED" || status === 405) return failure("UNSUPPORTED", { host, operation, detail });
  const retryable = status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505);
  return failure("REGISTRY_ANSWER", { host, status, operation, detail }, { retryable });
}
