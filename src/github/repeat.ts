import { asFailure, type SlipwayError } from "../words/error.ts";
import type { RetryPolicy } from "./options.ts";
import { wait } from "./pause.ts";

export interface Repetition<T> {
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal | undefined;
  /** Whether doing it twice does no harm. Creating and uploading would: whoever asks for those looks first. */
  readonly isRepeatable: boolean;
  /** What a repetition means that finds nothing any more: that an earlier try has deleted it. */
  readonly gone?: T;
  /** Called before each wait. */
  readonly onRepeat: (error: SlipwayError, attempt: number) => void;
}

/** Tries until it works, fails for good, or has failed often enough. Rate limits are waited for by the try itself. */
export async function repeating<T>(attempt: () => Promise<T>, repetition: Repetition<T>): Promise<T> {
  const { policy, signal, isRepeatable, gone, onRepeat } = repetition;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      signal?.throwIfAborted();
      const error = asFailure(thrown);
      if (number > 1 && gone !== undefined && error.code === "GITHUB_NOT_FOUND") return gone;
      if (!isRepeatable || !error.retryable || number >= policy.attempts) throw error;
      onRepeat(error, number);
      if (error.code !== "GITHUB_RATE_LIMITED") await wait(backOff(policy, number), signal);
    }
  }
}

/** Between half and the whole of what doubles with each failure: not all who failed together ask again together. */
function backOff({ baseMilliseconds, longestMilliseconds }: RetryPolicy, failures: number): number {
  const most = Math.min(longestMilliseconds, baseMilliseconds * 2 ** (failures - 1));
  return most / 2 + Math.random() * (most / 2);
}
