import { asFailure, type ErrorCode, failure, type SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import type { ErrorShape } from "./shapes.ts";

/** Of errors that are the asker's; all others are ours: 500, or 503 where trying again can help. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  API_ATTEMPTS_EXCEEDED: 429,
  API_BODY_INVALID: 400,
  API_BODY_TOO_LARGE: 413,
  API_HOST_FOREIGN: 403,
  API_ORIGIN_FOREIGN: 403,
  API_PARAMETER_INVALID: 400,
  API_PATH_UNKNOWN: 404,
  API_ROLE_INSUFFICIENT: 403,
  API_STREAMS_EXCEEDED: 503,
  API_TOKEN_REQUIRED: 401,
  API_TOKEN_WRONG: 401,
  HOOK_BODY_INVALID: 400,
  MIRROR_UNKNOWN: 404,
  NOTIFY_CHANNEL_UNKNOWN: 404,
  RUN_ENDED: 409,
  RUN_UNKNOWN: 404,
  TOKEN_EXISTS: 409,
  TOKEN_NEEDED: 409,
  TOKEN_UNKNOWN: 404,
};

export function statusOf(error: SlipwayError): number {
  return STATUS[error.code] ?? (error.retryable ? 503 : 500);
}

/** An error as it is told. What nobody foresaw is told without its reason, which may hold anything: that is in the log. */
export function errorShape(words: Words, error: SlipwayError): ErrorShape {
  const told =
    error.code === "UNEXPECTED" ? failure("UNEXPECTED", { reason: words.text("daemon.api.in-the-log") }) : error;
  return { code: error.code, ...words.error(told), retryable: error.retryable };
}

/** Whatever was thrown, as an answer: `{ code, message, hint, retryable }`. */
export function problem(words: Words, thrown: unknown): Response {
  const error = asFailure(thrown);
  const headers: Record<string, string> = {};
  if (error.code === "API_ATTEMPTS_EXCEEDED") headers["retry-after"] = String(error.facts.seconds);
  if (statusOf(error) === 401) headers["www-authenticate"] = "Bearer";
  return Response.json(errorShape(words, error), { status: statusOf(error), headers });
}
