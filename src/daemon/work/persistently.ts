import { setTimeout as sleep } from "node:timers/promises";
import { asFailure, type SlipwayError } from "../../words/error.ts";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;

/**
 * Asks the store until it answers: what is asked bears being asked twice. Ends with the failure where trying again cannot
 * help, or nobody may wait any longer.
 * @param warn is told of each failure that is not the end
 */
export async function persistently<T>(
  ask: () => Promise<T>,
  { warn, signal }: { readonly warn: (error: SlipwayError) => void; readonly signal: AbortSignal },
): Promise<T> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      return await ask();
    } catch (thrown) {
      const error = asFailure(thrown);
      if (!error.retryable || signal.aborted) throw error;
      warn(error);
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
