import assert from "node:assert/strict";
import { parse } from "yaml";
import * as z from "zod";

const texts = z.array(z.string()).optional();
const step = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
});
const job = z.strictObject({
  if: z.string().optional(),
  "runs-on": z.literal("ubuntu-latest"),
  "timeout-minutes": z.number(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  steps: z.array(step).min(1),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z.partialRecord(
    z.enum(["push", "pull_request", "workflow_run", "workflow_dispatch"]),
    z.object({ branches: texts, tags: texts, workflows: texts, types: texts }).nullable(),
  ),
  permissions: z.strictObject({}),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
  jobs: z.record(z.string(), job),
});

export type Step = z.infer<typeof step>;

/** A workflow of one job. */
export interface Workflow {
  readonly on: z.infer<typeof workflow>["on"];
  readonly job: z.infer<typeof job>;
}

/** Reads a workflow, and holds it to good manners: rights, pins, no text of others in scripts, secrets where they belong. */
export function readWorkflow(text: string): Workflow {
  const { on, jobs, concurrency } = workflow.parse(parse(text));
  const [only, ...others] = Object.values(jobs);
  assert.ok(only !== undefined && others.length === 0, "these workflows have one job");
  for (const { uses, with: input, run, env } of only.steps) {
    if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, "an action is pinned by its commit");
    if (uses?.startsWith("actions/checkout@")) assert.equal(input["persist-credentials"], false);
    assert.doesNotMatch(run ?? "", /\$\{\{/, "what GitHub puts into a script may be another script: use env");
    const isSecret = Object.values(env).some((value) => /secrets\.|github\.token/.test(value));
    if (isSecret) {
      assert.ok(only.environment !== undefined, "secrets are for jobs with an environment");
      assert.equal(concurrency["cancel-in-progress"], false, "what publishes is not stopped half way");
      assert.ok(!("pull_request" in on), "a pull request sees no secrets");
    }
  }
  return { on, job: only };
}
