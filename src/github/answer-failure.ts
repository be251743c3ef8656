import { type Facts, failure, SlipwayError } from "../words/error.ts";
import { type ErrorBody, readErrorBody } from "./error-body.ts";
import { type HttpError, headerOf, isHttpError } from "./http-error.ts";
import { neededPermission } from "./permission.ts";
import { rateLimitOf } from "./rate-limit.ts";

/** What was asked, for messages. */
export interface Question {
  readonly host: string;
  /** `GET /repos/acme/app/releases` */
  readonly operation: string;
  /** Where the token came from. */
  readonly origin: string;
  /** The longest wait that is borne, in milliseconds. */
  readonly longestMilliseconds: number;
}

/**
 * What Octokit threw, in Slipway's words. The cause is left behind: it holds the whole request.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function answerFailure(thrown: unknown, question: Question): SlipwayError {
  if (thrown instanceof SlipwayError) return thrown;
  if (isHttpError(thrown)) return statusFailure(thrown, question);
  if (thrown instanceof Error && thrown.cause instanceof SlipwayError) return thrown.cause;
  const { host, operation } = question;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return failure("GITHUB_ANSWER", { host, operation, reason });
}

function statusFailure(error: HttpError, { host, operation, origin, longestMilliseconds }: Question): SlipwayError {
  const { status } = error;
  const body = readErrorBody(error.response.data);
  const facts = { host, operation, detail: body.detail };
  const limit = rateLimitOf(error);
  if (limit !== undefined) {
    const retryable = limit.kind === "secondary" || limit.milliseconds <= longestMilliseconds;
    const until = limit.until === undefined ? "" : `, until ${limit.until.toISOString()}`;
    return failure("GITHUB_RATE_LIMITED", { ...facts, detail: body.detail + until }, { retryable });
  }
  if (status === 401) return failure("GITHUB_UNAUTHORIZED", { ...facts, origin });
  if (status === 403) {
    const permission = neededPermission(headerOf(error, "x-accepted-github-permissions"));
    return failure("GITHUB_DENIED", { ...facts, origin, permission });
  }
  if (status === 404) return failure("GITHUB_NOT_FOUND", { host, operation, origin });
  if (status >= 500) return failure("GITHUB_UNAVAILABLE", { host, operation, status }, { retryable: true });
  return refusal(body, facts);
}

/** The reasons of a 422 that can be told apart; all else GitHub tells by itself. */
function refusal({ errors, detail }: ErrorBody, facts: Facts<"GITHUB_REFUSED">): SlipwayError {
  const { host, operation } = facts;
  const isBurned = errors.some(({ message }) => message.includes("used by an immutable release"));
  if (isBurned) return failure("TAG_BURNED", { host, operation });
  if (/\bimmutable\b/i.test(detail)) return failure("GITHUB_IMMUTABLE", facts);
  const twin = errors.find(({ code }) => code === "already_exists");
  if (twin !== undefined) return failure("GITHUB_EXISTS", { host, operation, field: twin.field });
  const isTarget = errors.some(({ code, field }) => code === "invalid" && field === "target_commitish");
  if (isTarget) return failure("GITHUB_TARGET_UNKNOWN", { host, operation });
  return failure("GITHUB_REFUSED", facts);
}

/** An answer that says yes and holds nothing to read. @throws GITHUB_ANSWER */
export function checkUsable(answer: { readonly status: number; readonly data: unknown }, question: Question): void {
  const { status, data } = answer;
  if (status === 204 || (typeof data === "object" && data !== null && !(data instanceof ArrayBuffer))) return;
  const { host, operation } = question;
  throw failure("GITHUB_ANSWER", { host, operation, reason: `${status} without JSON` });
}
