import type { Instant } from "../../store/records.ts";
import type { SlipwayError } from "../../words/error.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIRST = MINUTE;
const LONGEST = 6 * HOUR;
const MOST_ATTEMPTS = 20;
const OLDEST = 72 * HOUR;
/** DingTalk takes nothing for ten minutes from somebody who was too fast. */
const LIMITED = 11 * MINUTE;

/** A try that failed. */
export interface Failed {
  /** This one included. */
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly at: Instant;
  readonly error: SlipwayError;
  /** Milliseconds that the receiver asks for. */
  readonly retryAfter?: number | undefined;
}

export type Next = { readonly state: "waiting"; readonly nextAt: Instant } | { readonly state: "given-up" };

/**
 * When a message is tried again: after a minute, then twice as long each time up to six hours, later where the receiver
 * asks for it; not after three days or twenty tries. What was refused is tried again, too: somebody may mend the
 * channel's settings meanwhile.
 */
export function afterFailure({ attempts, createdAt, at, error, retryAfter }: Failed): Next {
  const backOff = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 16));
  const asked = retryAfter ?? (error.code === "NOTIFY_LIMITED" ? LIMITED : 0);
  const nextAt = at + Math.max(backOff, asked);
  if (attempts >= MOST_ATTEMPTS || nextAt - createdAt > OLDEST) return { state: "given-up" };
  return { state: "waiting", nextAt };
}
