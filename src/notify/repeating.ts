import type { SlipwayError } from "../words/error.ts";
import { systemClock } from "./pacer.ts";

/** What one try came to. `retryAfter`: the milliseconds that the receiver asks for. */
export type Attempt =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: SlipwayError; readonly retryAfter?: number | undefined };

export interface Repetition {
  /** No more than so many, the first included. */
  readonly tries: number;
  /** Waited after the first try; twice as long after the second. */
  readonly backOffMilliseconds: number;
  /** A receiver that wants to be left alone for longer is not waited for. */
  readonly longestMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** Tries until it works, fails for good, or has failed often enough: the last try. @throws the signal's reason */
export async function repeating(attempt: () => Promise<Attempt>, repetition: Repetition): Promise<Attempt> {
  const { tries, backOffMilliseconds, longestMilliseconds, signal } = repetition;
  for (let number = 1; ; number += 1) {
    const result = await attempt();
    if (result.ok) return result;
    signal?.throwIfAborted();
    const wait = result.retryAfter ?? backOff(backOffMilliseconds, number);
    if (!result.error.retryable || number >= tries || wait > longestMilliseconds) return result;
    await systemClock.sleep(wait, signal);
  }
}

/** Between half and the whole of what doubles: not all who failed together try again together. */
function backOff(milliseconds: number, failures: number): number {
  const most = milliseconds * 2 ** (failures - 1);
  return most / 2 + Math.random() * (most / 2);
}
