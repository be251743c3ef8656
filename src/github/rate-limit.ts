import { readErrorBody } from "./error-body.ts";
import { headerOf, isHttpError } from "./http-error.ts";

/** Why GitHub wants no requests for now, and for how long. */
export interface RateLimit {
  /** `primary`: the hour's requests are used up; `secondary`: too much at once. */
  readonly kind: "primary" | "secondary";
  readonly milliseconds: number;
  readonly until?: Date;
}

/** Where GitHub says nothing: "wait for at least one minute". */
const A_MINUTE = 60_000;

/**
 * The rate limit that an answer tells of, if that is what it does: 429, or a 403 that is about limits and not rights.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function rateLimitOf(thrown: unknown, now = Date.now()): RateLimit | undefined {
  if (!isHttpError(thrown) || (thrown.status !== 403 && thrown.status !== 429)) return undefined;
  const asked = seconds(headerOf(thrown, "retry-after"), now);
  if (asked !== undefined) return { kind: "secondary", milliseconds: asked };
  const isLimit = /\b(?:rate limit|abuse detection)/i.test(readErrorBody(thrown.response.data).detail);
  if (thrown.status === 403 && !isLimit) return undefined;
  if (headerOf(thrown, "x-ratelimit-remaining") !== "0") return { kind: "secondary", milliseconds: A_MINUTE };
  const reset = Number(headerOf(thrown, "x-ratelimit-reset") ?? "") * 1000;
  if (!(reset > now)) return { kind: "primary", milliseconds: 0 };
  return { kind: "primary", milliseconds: reset - now, until: new Date(reset) };
}

/** A number of seconds or a date, as milliseconds from now. https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
function seconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const asked = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(asked) ? undefined : Math.max(asked, 0);
}
