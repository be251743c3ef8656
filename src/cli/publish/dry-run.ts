import { outletsNamed } from "../../release/outlets.ts";
import { type PlannedStep, planRun, type Scope } from "../../release/plan.ts";
import { type Remark, remarkText } from "../../release/remark.ts";
import type { Words } from "../../words/words.ts";
import type { Context } from "../command.ts";
import { EXIT, exitOfError } from "../exit.ts";
import type { Paint } from "../output/color.ts";
import { failureJson, failureLines } from "../output/failure.ts";
import { displayWidth, padEnd, printable } from "../output/width.ts";
import { stepName } from "../progress/steps.ts";
import type { OpenedRun } from "./open-run.ts";

export interface ShowOptions {
  readonly detailedExitcode: boolean;
  /** Names of the outlets that are meant; all where there are none. */
  readonly outlets?: readonly string[];
  /** Why there is nothing to do at all. */
  readonly idle?: Remark | undefined;
}

/** Shows what a run would do, and does nothing. @returns the exit code */
export async function showRun(
  context: Context,
  { run, session }: OpenedRun,
  scope: Scope,
  options: ShowOptions,
): Promise<number> {
  const { idle } = options;
  const steps: readonly PlannedStep[] =
    idle === undefined
      ? await planRun(run, scope, outletsNamed(run.outlets, options.outlets ?? []))
      : [{ step: "build", action: "leave", remark: idle }];
  await session.listener.close();
  return showSteps(context, steps, options.detailedExitcode);
}

/** Shows planned steps, for people or as JSON. @returns the exit code */
export function showSteps(context: Context, steps: readonly PlannedStep[], detailedExitcode: boolean): number {
  const { command, globals, words, out, err, paint } = context;
  const failed = steps.flatMap((step) => (step.action === "fail" && !step.tolerated ? [step.error] : []));
  const changes = steps.some(({ action }) => action === "do");
  if (globals.json) {
    const plan = steps.map((step) => plannedJson(step, words));
    const ok = failed.length === 0;
    out.write(`${JSON.stringify({ version: 1, command, ok, plan }, undefined, 2)}\n`);
  } else {
    for (const line of planLines(steps, words, paint.out)) out.write(`${line}\n`);
    if (!changes && failed.length === 0) out.write(`${words.text("plan.nothing")}\n`);
    const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
    for (const line of failureLines(failed, style)) err.write(`${line}\n`);
  }
  const [first] = failed;
  if (first !== undefined) return exitOfError(first);
  return changes && detailedExitcode ? EXIT.drift : EXIT.done;
}

function planLines(steps: readonly PlannedStep[], words: Words, paint: Paint): readonly string[] {
  const names = steps.map(({ step }) => stepName(step, words));
  const width = Math.max(...names.map(displayWidth));
  return steps.map((step, at) => planLine(step, padEnd(names[at] ?? "", width), words, paint));
}

function planLine(step: PlannedStep, name: string, words: Words, paint: Paint): string {
  switch (step.action) {
    case "do":
      return `${paint("green", "→")} ${name}  ${printable(remarkText(step.remark, words.language))}`;
    case "leave":
      return `${paint("dim", "=")} ${name}  ${paint("dim", printable(remarkText(step.remark, words.language)))}`;
    case "fail":
      return `${step.tolerated ? paint("yellow", "!") : paint("red", "✗")} ${name}  ${printable(words.error(step.error).message)}`;
  }
}

function plannedJson(step: PlannedStep, words: Words): object {
  const { subject, action } = step;
  const name = { step: step.step, ...(subject !== undefined && { subject }), action };
  if (step.action === "fail") return { ...name, error: failureJson(step.error, words), tolerated: step.tolerated };
  const { key, facts } = step.remark;
  return { ...name, remark: key, facts, text: remarkText(step.remark, words.language) };
}
