import assert from "node:assert/strict";
import { parse } from "yaml";
import * as z from "zod";

const texts = z.array(z.string()).optional();
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), scalar).default({}),
  run: z.string().optional(),
  shell: z.literal("bash").optional(),
  env: z.record(z.string(), z.string()).default({}),
});
const concurrency = z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() });
const job = z.strictObject({
  if: z.string().optional(),
  "runs-on": z.literal("ubuntu-latest"),
  "timeout-minutes": z.number(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  concurrency: concurrency.optional(),
  steps: z.array(step).min(1),
});
const filters = z.strictObject({ branches: texts, tags: texts, workflows: texts, types: texts }).nullable().optional();
const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    push: filters,
    pull_request: filters,
    workflow_run: filters,
    schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
    workflow_dispatch: z
      .strictObject({
        inputs: z.record(
          z.string(),
          z.object({ description: z.string(), required: z.boolean().optional(), type: z.string().optional() }),
        ),
      })
      .nullable()
      .optional(),
  }),
  permissions: z.strictObject({}),
  concurrency: concurrency.optional(),
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
  const { on, jobs, ...whole } = workflow.parse(parse(text));
  const [only, ...others] = Object.values(jobs);
  assert.ok(only !== undefined && others.length === 0, "these workflows have one job");
  const queue = only.concurrency ?? whole.concurrency ?? assert.fail("runs of a workflow have a queue");
  for (const { uses, with: input, run, env } of only.steps) {
    if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, "an action is pinned by its commit");
    if (uses?.startsWith("actions/checkout@")) assert.equal(input["persist-credentials"], false);
    assert.doesNotMatch(run ?? "", /\$\{\{/, "what GitHub puts into a script may be another script: use env");
    const isSecret = Object.values({ ...env, ...input }).some((value) => /secrets\.|github\.token/.test(String(value)));
    if (isSecret) {
      assert.ok(only.environment !== undefined, "secrets are for jobs with an environment");
      assert.equal(queue["cancel-in-progress"], false, "what publishes is not stopped half way");
      assert.ok(!("pull_request" in on), "a pull request sees no secrets");
    }
  }
  return { on, job: only };
}
