import { asFailure, type SlipwayError } from "../../words/error.ts";
import { sleep } from "./lanes.ts";

/** How often and how patiently something is tried. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** The wait after the first failure; it doubles, to `MAX_WAIT` at most, and is then shortened at random. */
  readonly baseMilliseconds: number;
}

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, baseMilliseconds: 250 };
const MAX_WAIT = 10_000;

/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export function backOff(policy: RetryPolicy, failures: number): number {
  const most = Math.min(MAX_WAIT, policy.baseMilliseconds * 2 ** (failures - 1));
  return most / 2 + Math.random() * (most / 2);
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal;
  /** Called before each wait. */
  readonly onRetry?: (error: SlipwayError, attempt: number) => void;
  /** True: the attempt that failed so got somewhere, and does not count. */
  readonly progressed?: (error: SlipwayError) => boolean;
  /** True: trying again is not for here to decide, whatever the error says of itself. */
  readonly hopeless?: (error: SlipwayError) => boolean;
}

/** Failures that take half a minute or more each are not worth many. */
const SLOW: readonly string[] = ["TIMED_OUT", "TOO_SLOW"];
const SLOW_ATTEMPTS = 2;
/** What moved no more than this before it stalled got nowhere: a blob of such tries would take for ever. */
const TRICKLE_BYTES = 1024 * 1024;

/** Whether a try that failed so has moved enough bytes to have got somewhere. */
export function isProgress(bytes: number, { code }: SlipwayError): boolean {
  return bytes > (SLOW.includes(code) ? TRICKLE_BYTES : 0);
}

/** Tries until it works, fails for good, or has failed too often in a row. */
export async function retrying<T>(attempt: (number: number) => Promise<T>, options: RetryOptions): Promise<T> {
  let failures = 0;
  let slow = 0;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (thrown) {
      const error = asFailure(thrown);
      options.signal?.throwIfAborted();
      const progressed = options.progressed?.(error) ?? false;
      failures = progressed ? 1 : failures + 1;
      if (progressed) slow = 0;
      // one with a side came through from the other host, where it has been tried as often
      if (SLOW.includes(error.code)) slow += error.side === undefined ? 1 : SLOW_ATTEMPTS;
      const isEnough = failures >= options.policy.attempts || slow >= SLOW_ATTEMPTS;
      if (!error.retryable || options.hopeless?.(error) || isEnough) throw error;
      options.onRetry?.(error, number);
      await sleep(backOff(options.policy, failures), options.signal);
    }
  }
}

const LONGEST_PAUSE = 60_000;

/**
 * How long a Retry-After header asks to wait, in milliseconds, clamped to one minute: a date or a number of seconds.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 0), LONGEST_PAUSE);
}
