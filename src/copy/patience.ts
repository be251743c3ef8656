import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds that a destination is given, in all, to see what it has just taken. */
export const DEFAULT_PATIENCE = 25_000;

/** Shares of the patience to wait between tries: before everything is sent once more, and after. */
const BEFORE = [0.01, 0.02, 0.04];
const AFTER = [0.04, 0.08, 0.16, 0.32, 0.32];

/**
 * Tries until the destination sees what was sent to it. Some answer 404 for a while after a push: what they took is on its
 * way to other machines of theirs.
 * @param isResent whether it has been sent everything once more
 * @param isEarly whether an error may mean that it has not seen it yet
 */
export async function patiently(work: () => Promise<void>, { patience, isResent, isEarly }: Waiting): Promise<void> {
  for (const share of isResent ? AFTER : BEFORE) {
    try {
      return await work();
    } catch (error) {
      if (!isEarly(error)) throw error;
    }
    await sleep(share * patience);
  }
  return work();
}

interface Waiting {
  /** Milliseconds. */
  readonly patience: number;
  readonly isResent: boolean;
  readonly isEarly: (error: unknown) => boolean;
}
