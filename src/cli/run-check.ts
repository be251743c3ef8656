import { differencesOf } from "../copy/difference.ts";
import type { Outcome } from "../copy/outcome.ts";
import type { CopyRequest, Removal } from "../copy/plan.ts";
import { survey } from "../copy/survey.ts";
import { checkLines } from "./check-lines.ts";
import type { Context } from "./command.ts";
import { EXIT, exitOfOutcomes } from "./exit.ts";
import { tellEnded } from "./report/tell.ts";
import type { CopyResult } from "./run-copies.ts";
import type { Session } from "./session.ts";

export interface Check {
  readonly requests: readonly CopyRequest[];
  /** What could not be looked at so far. */
  readonly failed: readonly Outcome[];
  /** Tags that no rule wants. */
  readonly removals: readonly Removal[];
}

/** Compares both sides and tells what differs; changes nothing. */
export async function runCheck(
  context: Context,
  session: Session,
  { requests, failed, removals }: Check,
): Promise<CopyResult> {
  const surveyed = await survey(requests, { tell: session.listener.copy });
  await session.listener.close();
  const outcomes = [...failed, ...surveyed.outcomes];
  const differences = differencesOf({ ...surveyed.plan, removals });
  if (!context.globals.json) {
    for (const line of checkLines(differences, outcomes, context.words, context.paint.out)) {
      context.out.write(`${line}\n`);
    }
  }
  await tellEnded(context, session, { outcomes, stops: [], differences });
  return { outcomes, exit: exitOf(outcomes, differences.length) };
}

/** What could not be looked at is worse than what differs; what was looked at makes it "in part". */
function exitOf(outcomes: readonly Outcome[], differences: number): number {
  const exit = exitOfOutcomes(outcomes);
  if (exit === EXIT.done) return differences > 0 ? EXIT.drift : EXIT.done;
  return differences > 0 ? EXIT.partly : exit;
}
