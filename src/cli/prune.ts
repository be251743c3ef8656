import type { Removal } from "../copy/plan.ts";
import { failure } from "../words/error.ts";
import type { Context } from "./command.ts";
import { canAsk, confirm } from "./confirm.ts";
import type { SyncOptions } from "./options.ts";
import { removalLines } from "./plan-lines.ts";
import type { Session } from "./session.ts";

type PruneOptions = Pick<SyncOptions, "check" | "prune" | "yes" | "dryRun" | "force">;

/**
 * Whether what `--check` and `--prune` ask for goes together, and somebody says yes to what is deleted: before anything
 * is done.
 * @throws OPTIONS_CONFLICT, OPTION_ALONE, PRUNE_UNCONFIRMED
 */
export function checkPrune(context: Context, { check, prune, yes, dryRun, force }: PruneOptions): void {
  if (check && prune) throw failure("OPTIONS_CONFLICT", { one: "--check", other: "--prune" });
  if (check && force) throw failure("OPTIONS_CONFLICT", { one: "--check", other: "--force" });
  if (yes && !prune) throw failure("OPTION_ALONE", { option: "--yes", needed: "--prune" });
  if (prune && !yes && !dryRun && !canAsk(context)) throw failure("PRUNE_UNCONFIRMED", {});
}

/** Shows what would be deleted, and asks. Without a yes nothing is: the images are copied all the same. */
export async function confirmed(
  context: Context,
  session: Session,
  removals: readonly Removal[],
): Promise<readonly Removal[]> {
  const { words, paint, err, signal } = context;
  if (removals.length === 0) return removals;
  for (const line of removalLines(removals, words, paint.err)) err.write(`${line}\n`);
  if (await confirm(words.text("prune.question", { count: removals.length }), signal)) return removals;
  session.listener.notice("warn", words.text("prune.declined"));
  return [];
}
