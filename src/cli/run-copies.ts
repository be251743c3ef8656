import { copyImages } from "../copy/copy-images.ts";
import type { Tell } from "../copy/events.ts";
import type { Outcome } from "../copy/outcome.ts";
import type { CopyRequest, Plan, Removal } from "../copy/plan.ts";
import { permitted, prune } from "../copy/prune.ts";
import { survey } from "../copy/survey.ts";
import { parseReference } from "../oci/reference.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import { closeDestinations } from "./close-destinations.ts";
import type { Context } from "./command.ts";
import { EXIT, exitOfError, exitOfOutcomes } from "./exit.ts";
import type { Notifier } from "./notify/notifier.ts";
import { syncNews } from "./notify/sync-news.ts";
import { planLines } from "./plan-lines.ts";
import { tellEnded } from "./report/tell.ts";
import type { Session } from "./session.ts";

export interface CopyRun {
  readonly requests: readonly CopyRequest[];
  /** What is known to fail before anything is asked. */
  readonly failed?: readonly Outcome[];
  readonly concurrency?: number;
  readonly retries?: number;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly detailedExitcode: boolean;
  /** Tags to take away when all else is done; left out where they were not looked for. */
  readonly removals?: readonly Removal[];
  /** Who tells others what it came to. */
  readonly notifier?: Notifier | undefined;
}

export interface CopyResult {
  readonly outcomes: readonly Outcome[];
  readonly exit: number;
}

/** Does, or with `dryRun` only shows, what a command asks to be copied, and tells the outcome everywhere it is wanted. */
export async function runCopies(context: Context, session: Session, run: CopyRun): Promise<CopyResult> {
  return run.dryRun ? showPlan(context, session, run) : carryOut(context, session, run);
}

async function carryOut(context: Context, session: Session, run: CopyRun): Promise<CopyResult> {
  const { failed = [] } = run;
  const known = new Map<string, Outcome>();
  const tell: Tell = (event) => {
    if (event.kind === "ended" || event.kind === "retrying") {
      known.set(`${event.outcome.source} ${event.outcome.destination}`, event.outcome);
    }
    session.listener.copy(event);
  };
  for (const outcome of failed) tell({ kind: "ended", outcome });
  let returned: readonly Outcome[] | undefined;
  const stopped = await stopOf(async () => {
    const copied = await copyImages(run.requests, {
      ...(run.concurrency !== undefined && { concurrency: run.concurrency }),
      ...(run.retries !== undefined && { retries: run.retries }),
      force: run.force,
      spool: (await session.cache()).spool,
      signal: context.signal,
      tell,
    });
    const placeOf = (name: string) => session.registry.repository(parseReference(name));
    const removed = await prune(run.removals ?? [], placeOf, {
      outcomes: [...failed, ...copied],
      signal: context.signal,
      tell,
    });
    returned = [...copied, ...removed];
  });
  const ended = returned === undefined ? [...known.values()] : [...failed, ...returned];
  const { outcomes, errors } = await closeDestinations(run.requests, ended);
  await session.listener.close();
  const interrupted = context.signal.aborted ? failure("INTERRUPTED", {}) : undefined;
  const stops = [interrupted ?? stopped, ...errors].filter((error) => error !== undefined);
  const exit = stops[0] === undefined ? exitOfOutcomes(outcomes) : exitOfError(stops[0]);
  const { notifier } = run;
  await tellEnded(context, session, {
    outcomes,
    stops,
    ...(notifier !== undefined && {
      notify: (facts) => notifier.tell(syncNews({ subject: notifier.project, outcomes, stops, facts, exit })),
    }),
  });
  return { outcomes, exit };
}

/** What ended some work early; what was done until then is told all the same. */
async function stopOf(work: () => Promise<void>): Promise<SlipwayError | undefined> {
  try {
    await work();
    return undefined;
  } catch (thrown) {
    return asFailure(thrown);
  }
}

async function showPlan(context: Context, session: Session, run: CopyRun): Promise<CopyResult> {
  const surveyed = await survey(run.requests, { force: run.force, tell: session.listener.copy });
  await session.listener.close();
  const outcomes = [...(run.failed ?? []), ...surveyed.outcomes];
  const { removals } = run;
  const plan: Plan = {
    ...surveyed.plan,
    ...(removals !== undefined && { removals: permitted(removals, outcomes) }),
  };
  if (!context.globals.json) {
    for (const line of planLines(plan, outcomes, context.words, context.paint.out)) context.out.write(`${line}\n`);
  }
  await tellEnded(context, session, { outcomes, stops: [], plan });
  const exit = exitOfPlan(plan, outcomes);
  return { outcomes, exit: exit === EXIT.done && changes(plan) && run.detailedExitcode ? EXIT.drift : exit };
}

/** What can be done counts as done: only what cannot is a failure. */
function exitOfPlan(plan: Plan, outcomes: readonly Outcome[]): number {
  const exit = exitOfOutcomes(outcomes);
  return exit !== EXIT.done && changes(plan) ? EXIT.partly : exit;
}

function changes({ transfers, removals = [] }: Plan): boolean {
  return transfers.length + removals.length > 0;
}
