import type { Outcome, SkipReason } from "../copy/outcome.ts";

/** What became of an image, in one word; `count.<result>` says how many came to it. */
export type Result = "copied" | "removed" | "failed" | SkipReason;

export function resultOf(outcome: Outcome): Result {
  return outcome.status === "skipped" ? outcome.reason : outcome.status;
}

/**
 * What a run came to as a whole. `idle`: every image is for none of the platforms asked for, so that nothing is where it
 * should be, and nothing failed: mostly a slip in what was asked.
 */
export function verdictOf(outcomes: readonly Outcome[]): "fine" | "idle" | "failed" {
  if (outcomes.some(({ status }) => status === "failed")) return "failed";
  const isIdle = outcomes.length > 0 && outcomes.every((outcome) => resultOf(outcome) === "platform");
  return isIdle ? "idle" : "fine";
}
