import type { Outcome } from "../../copy/outcome.ts";
import type { Served } from "../../release/push.ts";
import { type Remark, remark } from "../../release/remark.ts";
import type { Run } from "../../release/run.ts";
import { skipped } from "../../release/step.ts";
import { asFailure, failure, type SlipwayError } from "../../words/error.ts";
import type { Context } from "../command.ts";
import type { Notifier } from "../notify/notifier.ts";
import { publishNews } from "../notify/publish-news.ts";
import { exitOfSteps } from "./exit.ts";
import { whatIsLeft } from "./left.ts";
import type { OpenedRun } from "./open-run.ts";
import { tellPublished } from "./tell.ts";

/** What a command's work gives, as far as it got. */
export interface Brought {
  readonly digest?: string;
  readonly served?: readonly Served[];
  readonly url?: string;
  /** What there is to say when all went well. */
  readonly said: Remark;
  readonly also?: readonly Remark[];
}

/** What a command brings that has nothing to do. */
export async function nothingToDo(run: Run, because: Remark): Promise<Brought> {
  await run.steps.add({ step: "build", ...skipped(because) });
  return { said: remark("publish.nothing", {}) };
}

/** The work of a command; it hands over the outcomes of pushes as soon as they are known. */
export type Work = (run: Run, keep: (outcomes: readonly Outcome[]) => void) => Promise<Brought>;

/** Who tells others what a command came to, and as what kind of work. */
export interface Telling {
  readonly notifier: Notifier | undefined;
  readonly work: "push" | "release";
}

/**
 * Does a command's work and tells what came of it, whatever came: on the screen, as a report, on GitHub's page.
 * @param command as the user would give it again: what goes on after a failure
 * @returns the exit code
 */
export async function carryOut(
  context: Context,
  opened: OpenedRun,
  command: string,
  work: Work,
  telling?: Telling,
): Promise<number> {
  const { run, session, journal } = opened;
  const next = withConfig(command, context.globals.config);
  const outcomes: Outcome[] = [];
  await journal.write({ state: "begun", command: next });
  let brought: Brought | undefined;
  const stops: SlipwayError[] = [];
  try {
    brought = await work(run, (more) => outcomes.push(...more));
  } catch (thrown) {
    stops.push(context.signal.aborted ? failure("INTERRUPTED", {}) : asFailure(thrown));
  }
  const left = stops.length > 0 && !context.signal.aborted ? await whatIsLeft(run) : [];
  await session.listener.close();
  const exit = exitOfSteps(run.steps.outcomes, stops);
  await journal.write({ state: "ended", exit });
  const told = {
    name: run.project.name,
    edition: run.edition,
    steps: run.steps.outcomes,
    outcomes,
    left,
    stops,
    ...brought,
    ...(stops.length > 0 && { next }),
  };
  await tellPublished(context, session, {
    ...told,
    notify: async () => telling?.notifier?.tell(publishNews({ ...told, work: telling.work, exit })),
  });
  return exit;
}

/** The command with the configuration that it was given by name. */
function withConfig(command: string, config: string | undefined): string {
  if (config === undefined) return command;
  const isPlain = /^[\w./@+-]+$/.test(config);
  return `${command} --config ${isPlain ? config : `'${config.replaceAll("'", "'\\''")}'`}`;
}
