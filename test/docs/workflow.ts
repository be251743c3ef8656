import assert from "node:assert/strict";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { ROOT } from "../house/sources.ts";
import type { World } from "./world.ts";

const variables = z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({});
const step = z.object({
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  run: z.string().optional(),
  env: variables,
});
const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(z.string(), z.object({ "timeout-minutes": z.number(), env: variables, steps: z.array(step).min(1) })),
});
type Step = z.infer<typeof step>;

/** Runs a page's workflow as GitHub would, step by step, with stand-ins for actions, and holds it to good manners. */
export async function runWorkflow(world: World, text: string): Promise<void> {
  const { jobs } = workflow.parse(parse(text));
  const summary = join(world.folder, "summary.md");
  for (const job of Object.values(jobs)) {
    for (const one of job.steps) {
      if (one.uses !== undefined) await use(world, one);
      if (one.run === undefined) continue;
      assert.doesNotMatch(one.run, /\$\{\{/, "what GitHub puts into a script may be another script: use env");
      const environment = { CI: "true", GITHUB_STEP_SUMMARY: summary };
      const ended = await world.run(one.run, { ...environment, ...given({ ...job.env, ...one.env }, world) });
      assert.equal(ended.code, 0, `${one.run}\n${ended.output}`);
    }
  }
  assert.match(await readFile(summary, "utf8"), /### ✅ slipway sync/);
}

async function use(world: World, { uses = "", with: input }: Step): Promise<void> {
  assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, "an action is pinned by its commit");
  if (!uses.startsWith("actions/checkout@")) return;
  assert.equal(input["persist-credentials"], false);
  if (typeof input.path === "string") await symlink(ROOT, join(world.folder, input.path));
}

/** What a step's `env` gives it: secrets under their own names, and none of those that it does not name. */
function given(env: Readonly<Record<string, string>>, world: World): Readonly<Record<string, string>> {
  const secrets = world.variables.filter((name) => /_(?:USERNAME|PASSWORD|TOKEN)$/.test(name) && !(name in env));
  const plain = Object.entries(env).filter(([name, value]) => {
    const wanted = /^\$\{\{ (?:secrets|vars)\.(\w+) \}\}$/.exec(value)?.[1];
    if (wanted === undefined) return true;
    assert.ok(name === wanted && world.variables.includes(name), `${name} has the value of ${wanted}`);
    return false;
  });
  return { ...Object.fromEntries(secrets.map((name) => [name, ""])), ...Object.fromEntries(plain) };
}
