import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "../house/sources.ts";
import { ACTION } from "./action.ts";
import { READ_TOKEN } from "./actions.ts";
import { checkOut } from "./check-out.ts";
import { fill } from "./expressions.ts";
import type { Ended, Job } from "./job.ts";
import type { Origin } from "./origin.ts";
import type { Step } from "./workflow.ts";

const DONE: Ended = { code: 0, output: "" };

/** What a job has kept. */
export interface Artifact {
  readonly name: string;
  readonly days: number;
  /** Contents by the paths that were asked for. */
  readonly files: Readonly<Record<string, string>>;
}

/** What stands behind actions. */
export interface World {
  readonly origin: Origin;
  /** `OWNER/NAME@COMMIT` of Slipway's own. */
  readonly slipway: string;
  readonly artifacts: Artifact[];
}

/** Does what an action would do, as far as it matters here. An action that is not known fails the test. */
export function standIn(step: Step, job: Job, world: World): Promise<Ended> {
  const uses = step.uses ?? "";
  const input = Object.fromEntries(Object.entries(step.with).map(([key, value]) => [key, String(value)]));
  if (uses === world.slipway) return actAsSlipway(input, step, job);
  switch (uses.replace(/@.*$/, "")) {
    case "actions/checkout":
      return checkOut(input, job, world.origin).then(() => DONE);
    case "actions/setup-node":
      job.addPath(dirname(process.execPath));
      return Promise.resolve(DONE);
    case "actions/upload-artifact":
      return keep(input, job, world);
    default:
      return assert.fail(`nothing stands in for ${uses}`);
  }
}

/** The steps of `action.yml`, in a checkout of Slipway where npm has been. */
async function actAsSlipway(given: Readonly<Record<string, string>>, { env }: Step, job: Job): Promise<Ended> {
  for (const name of Object.keys(given)) assert.ok(name in ACTION.inputs, `the Action has no input ${name}`);
  const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [name, input.default]);
  const contexts = {
    github: { sha: job.event.sha, action_path: ROOT, token: READ_TOKEN },
    secrets: {},
    vars: {},
    inputs: { ...Object.fromEntries(defaults), ...given },
    steps: {},
  };
  const steps = ACTION.runs.steps.map((step) => ({ ...step, with: step.with ?? {} }));
  const code = await job.run(steps, contexts, env);
  const outputs = Object.entries(ACTION.outputs).map(([name, { value }]) => [
    name,
    fill(value, { ...contexts, status: "success" }),
  ]);
  // What they printed is in the job's output already.
  return { code, output: "", outputs: Object.fromEntries(outputs) };
}

/** https://github.com/actions/upload-artifact: where no file is there, a warning, unless the step says otherwise. */
async function keep(input: Readonly<Record<string, string>>, job: Job, { artifacts }: World): Promise<Ended> {
  const { name = "artifact", path = "", "retention-days": days = "90", "if-no-files-found": missing = "warn" } = input;
  const paths = path.split("\n").filter((line) => line !== "");
  for (const one of paths) assert.doesNotMatch(one, /[*?[\]]/, "patterns are not stood in for");
  const read = paths.map(async (one) => [one, await readFile(join(job.machine.workspace, one), "utf8")] as const);
  const found = (await Promise.allSettled(read)).flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (found.length === 0) return { code: missing === "error" ? 1 : 0, output: "" };
  artifacts.push({ name, days: Number(days), files: Object.fromEntries(found) });
  return DONE;
}
