import type { Place } from "../../../config/reading/place.ts";
import { entriesOf, entryOf, itemsOf, type Tree } from "../../../config/reading/tree.ts";
import { type Written, writtenOf } from "./written.ts";

/** A workflow, or an action made of steps, as the rules look at it. */
export interface Workflow {
  readonly file: string;
  /** As in the file. */
  readonly lines: readonly string[];
  readonly tree: Tree;
  readonly kind: "workflow" | "action";
  /** None of an action. */
  readonly triggers: readonly Trigger[];
  /** An action is one job. */
  readonly jobs: readonly Job[];
}

export interface Trigger {
  readonly name: string;
  readonly place: Place;
  readonly settings?: Tree;
}

export interface Job {
  readonly name: string;
  readonly place: Place;
  readonly tree: Tree;
  readonly needs: readonly string[];
  readonly condition?: string;
  /** A workflow that it calls. */
  readonly uses?: Written;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly place: Place;
  readonly tree: Tree;
  /** Its place among the steps of its job, from 0 on. */
  readonly at: number;
  readonly condition?: string;
  readonly uses?: Written;
  readonly run?: Written;
}

/** Makes a workflow of a file's tree; what is not as Actions wants it is as if it had not been written. */
export function readWorkflow(file: string, lines: readonly string[], tree: Tree): Workflow {
  const runs = entryOf(tree, "runs");
  if (runs !== undefined && entryOf(tree, "jobs") === undefined) {
    const job = { name: "runs", place: runs.place, tree: runs.value, needs: [], steps: stepsOf(runs.value) };
    return { file, lines, tree, kind: "action", triggers: [], jobs: [job] };
  }
  const jobs = entriesOf(entryOf(tree, "jobs")?.value).map(({ key, place, value }): Job => {
    const condition = writtenOf(entryOf(value, "if")?.value)?.text;
    const uses = writtenOf(entryOf(value, "uses")?.value);
    return {
      name: key,
      place,
      tree: value,
      needs: itemsOf(entryOf(value, "needs")?.value).flatMap((item) => writtenOf(item)?.text ?? []),
      ...(condition !== undefined && { condition }),
      ...(uses !== undefined && { uses }),
      steps: stepsOf(value),
    };
  });
  return { file, lines, tree, kind: "workflow", triggers: triggersOf(entryOf(tree, "on")?.value), jobs };
}

function triggersOf(on: Tree | undefined): readonly Trigger[] {
  if (on?.kind === "mapping") {
    return on.entries.map(({ key, place, value }) => ({ name: key, place, settings: value }));
  }
  return itemsOf(on).flatMap((item) => {
    const written = writtenOf(item);
    return written === undefined ? [] : [{ name: written.text, place: written.place }];
  });
}

function stepsOf(job: Tree): readonly Step[] {
  return itemsOf(entryOf(job, "steps")?.value).map((tree, at): Step => {
    const condition = writtenOf(entryOf(tree, "if")?.value)?.text;
    const uses = writtenOf(entryOf(tree, "uses")?.value);
    const run = writtenOf(entryOf(tree, "run")?.value);
    return {
      place: tree.place,
      tree,
      at,
      ...(condition !== undefined && { condition }),
      ...(uses !== undefined && { uses }),
      ...(run !== undefined && { run }),
    };
  });
}

/** The trigger of a name. */
export function triggerOf(workflow: Workflow, name: string): Trigger | undefined {
  return workflow.triggers.find((trigger) => trigger.name === name);
}

/** What a step gives an action for one of its inputs; GitHub does not tell cases apart. */
export function inputOf(step: Step, name: string): Tree | undefined {
  const inputs = entriesOf(entryOf(step.tree, "with")?.value);
  return inputs.findLast(({ key }) => key.toLowerCase() === name)?.value;
}

/** Whether a step uses an action: `actions/checkout`, or all that a repository has below `actions/cache`. */
export function usesAction(step: Step, ...names: readonly string[]): boolean {
  const action = step.uses?.text.split("@")[0]?.toLowerCase();
  return action !== undefined && names.some((name) => action === name || action.startsWith(`${name}/`));
}

/** Every step, with its job. */
export function stepsIn(workflow: Workflow): readonly { readonly job: Job; readonly step: Step }[] {
  return workflow.jobs.flatMap((job) => job.steps.map((step) => ({ job, step })));
}

/** A job and all that it needs, directly or through others. */
export function withNeeds(workflow: Workflow, job: Job): readonly Job[] {
  const found = new Set([job]);
  for (const one of found) {
    for (const name of one.needs) {
      const needed = workflow.jobs.find((other) => other.name === name);
      if (needed !== undefined) found.add(needed);
    }
  }
  return [...found];
}
