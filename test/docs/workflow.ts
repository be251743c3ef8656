import assert from "node:assert/strict";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
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
  on: z.object({ push: z.object({ tags: z.array(z.string()).optional() }).nullish() }).loose(),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(z.string(), z.object({ "timeout-minutes": z.number(), env: variables, steps: z.array(step).min(1) })),
});
type Step = z.infer<typeof step>;

/** Runs a page's workflow as GitHub would, step by step, with stand-ins for actions, and holds it to good manners. */
export async function runWorkflow(world: World, text: string): Promise<void> {
  const { jobs, on } = workflow.parse(parse(text));
  const summary = join(world.folder, "summary.md");
  await rm(summary, { force: true });
  const runner = { CI: "true", GITHUB_STEP_SUMMARY: summary, ...(on.push?.tags && (await pushOfTag(world))) };
  for (const job of Object.values(jobs)) {
    for (const one of job.steps) {
      if (one.uses !== undefined) await use(world, one);
      if (one.run === undefined) continue;
      assert.doesNotMatch(one.run, /\$\{\{/, "what GitHub puts into a script may be another script: use env");
      const ended = await world.run(one.run, { ...runner, ...given({ ...job.env, ...one.env }, world) });
      assert.equal(ended.code, 0, `${one.run}\n${ended.output}`);
    }
  }
  assert.match(await readFile(summary, "utf8"), /### ✅ slipway (?:sync|release)/);
}

/** A version whose package the pages' server makes. */
const PUSHED_TAG = "v3.0.0";

/** What a runner tells of the push of a git tag. */
async function pushOfTag(world: World): Promise<Readonly<Record<string, string>>> {
  const event = join(world.folder, "../event.json");
  const { output } = await world.run("git rev-parse HEAD");
  const [sha, ref] = [output.trim(), `refs/tags/${PUSHED_TAG}`];
  const repository = { full_name: "HagiCode-org/hagicode-release", default_branch: "main" };
  const push = { ref, before: "0".repeat(40), after: sha, created: true, deleted: false, forced: false };
  await writeFile(event, JSON.stringify({ ...push, repository }));
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "push",
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: ref,
    GITHUB_REPOSITORY: repository.full_name,
    GITHUB_RUN_ID: "42",
    GITHUB_SHA: sha,
  };
}

async function use(world: World, { uses = "", with: input }: Step): Promise<void> {
  assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/, "an action is pinned by its commit");
  if (!uses.startsWith("actions/checkout@")) return;
  assert.equal(input["persist-credentials"], false);
  if (typeof input.path !== "string") return;
  await rm(join(world.folder, input.path), { force: true });
  await symlink(ROOT, join(world.folder, input.path));
}

/** What a step's `env` gives it: secrets under their own names, and none of those that it does not name. */
function given(env: Readonly<Record<string, string>>, world: World): Readonly<Record<string, string>> {
  const secrets = world.variables.filter(
    (name) => /_(?:USERNAME|PASSWORD|TOKEN|SAS_URL)$/.test(name) && !(name in env),
  );
  // Nobody has filled in a form: the workflow's other way in has no inputs.
  const filled = Object.entries(env).map(
    ([name, value]) => [name, /^\$\{\{ inputs\.\w+ \}\}$/.test(value) ? "" : value] as const,
  );
  const plain = filled.filter(([name, value]) => {
    const wanted = /^\$\{\{ (?:secrets|vars)\.(\w+) \}\}$/.exec(value)?.[1];
    if (wanted === undefined) return true;
    assert.ok(name === wanted && world.variables.includes(name), `${name} has the value of ${wanted}`);
    return false;
  });
  return { ...Object.fromEntries(secrets.map((name) => [name, ""])), ...Object.fromEntries(plain) };
}
