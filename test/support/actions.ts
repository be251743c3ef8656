import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import picomatch from "picomatch";
import { ROOT } from "../house/sources.ts";
import type { Checkout } from "./checkout.ts";
import { type Contexts, fill, holds } from "./expressions.ts";
import { readWorkflow, type Step, type Workflow } from "./workflow.ts";

/** What happened at GitHub. */
export interface GitHubEvent {
  readonly name: "push" | "pull_request" | "workflow_run" | "workflow_dispatch";
  /** The webhook's payload, without what every one has. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** `refs/heads/main`, `refs/tags/v1.2.3`, `refs/pull/7/merge`. */
  readonly ref: string;
  readonly sha: string;
}

/** The repository that a workflow runs in. */
export interface Repository {
  /** `owner/name` */
  readonly name: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** What `github.token` is. */
  readonly token?: string;
  /** What the runner has in its environment besides what every one has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of a workflow. */
export type WorkflowRun =
  | { readonly state: "not-triggered" | "skipped" }
  | {
      readonly state: "ran";
      /** Of the step that failed, or 0. */
      readonly code: number;
      /** Both streams of all steps. */
      readonly output: string;
      /** The page of the job. */
      readonly summary: string;
    };

/**
 * Runs a workflow with one job as GitHub would on a push, a merge, a click: whether at all, then step by step. Actions
 * are stood in for: the checkout is there, Slipway is this one, and whatever else an action would set up is.
 */
export async function runWorkflow(
  checkout: Checkout,
  file: string,
  event: GitHubEvent,
  repository: Repository,
): Promise<WorkflowRun> {
  const workflow = readWorkflow(await checkout.read(file));
  if (!isTriggered(workflow, event)) return { state: "not-triggered" };
  const runner = await prepareRunner(checkout, event, repository);
  const { contexts } = runner;
  const { job } = workflow;
  if (job.if !== undefined && !holds(job.if, contexts)) return { state: "skipped" };
  let output = "";
  for (const step of job.steps) {
    if (step.uses !== undefined) await use(checkout, step, contexts);
    if (step.run === undefined) continue;
    const ended = await runner.run(step);
    output += ended.output;
    if (ended.code !== 0) return { state: "ran", code: ended.code, output, summary: await runner.summary() };
  }
  return { state: "ran", code: 0, output, summary: await runner.summary() };
}

function isTriggered({ on }: Workflow, { name, ref, payload }: GitHubEvent): boolean {
  const filter = on[name];
  if (filter === undefined) return false;
  if (name === "push") {
    const isTag = ref.startsWith("refs/tags/");
    const patterns = isTag ? filter?.tags : filter?.branches;
    const which = ref.replace(/^refs\/(?:tags|heads)\//, "");
    const hasNone = filter?.branches === undefined && filter?.tags === undefined;
    return hasNone || (patterns !== undefined && picomatch.isMatch(which, [...patterns]));
  }
  if (name !== "workflow_run") return true;
  const run = payload.workflow_run;
  const value = (key: string) => (typeof run === "object" && run !== null ? String(Reflect.get(run, key)) : "");
  return [
    filter?.workflows?.includes(value("name")),
    filter?.types?.includes(String(payload.action)),
    filter?.branches?.includes(value("head_branch")),
  ].every((one) => one === true);
}

interface Runner {
  readonly contexts: Contexts;
  run(step: Step): Promise<{ readonly code: number; readonly output: string }>;
  summary(): Promise<string>;
}

async function prepareRunner(checkout: Checkout, event: GitHubEvent, repository: Repository): Promise<Runner> {
  const { name, secrets = {}, vars = {}, token = "", env: { PATH = "/usr/bin:/bin", ...env } = {} } = repository;
  const temporary = join(await madeFolder(checkout.path("home/runner")), String(performance.now()));
  await mkdir(temporary);
  const paths = {
    event: join(temporary, "event"),
    summary: join(temporary, "summary"),
    outputs: join(temporary, "out"),
  };
  const payload = { ...event.payload, repository: { full_name: name, default_branch: "main" } };
  await Promise.all([
    writeFile(paths.event, JSON.stringify(payload)),
    writeFile(paths.summary, ""),
    writeFile(paths.outputs, ""),
  ]);
  const programs = await standIns(checkout.path("home/bin"));
  const github = { event: payload, ref: event.ref, sha: event.sha, repository: name, token };
  const contexts: Contexts = { github, secrets, vars, steps: {} };
  const common = {
    PATH: `${programs}:${PATH}`,
    HOME: checkout.path("home"),
    XDG_RUNTIME_DIR: checkout.path("home"),
    NODE_COMPILE_CACHE: join(tmpdir(), "slipway-end-to-end-compiled"),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: "octocat",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: paths.event,
    GITHUB_OUTPUT: paths.outputs,
    GITHUB_REF: event.ref,
    GITHUB_REPOSITORY: name,
    GITHUB_RUN_ID: "42",
    GITHUB_SHA: event.sha,
    GITHUB_STEP_SUMMARY: paths.summary,
    ...env,
  };
  return {
    contexts,
    run: async ({ run = "", env: own, id }) => {
      const given = Object.entries(own).map(([key, value]) => [key, fill(value, contexts)]);
      const options = { cwd: checkout.path("."), env: { ...common, ...Object.fromEntries(given) }, maxBuffer: 1e7 };
      const ended = await shell(run, options);
      if (id !== undefined) contexts.steps[id] = { outputs: outputsIn(await readFile(paths.outputs, "utf8")) };
      return ended;
    },
    summary: () => readFile(paths.summary, "utf8"),
  };
}

async function madeFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell */
function shell(
  script: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly maxBuffer: number },
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile("bash", ["-e", "-c", `exec 2>&1\n${script}`], options, (error, output) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output });
    });
  });
}

/** Those of one line. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));
}

async function use(checkout: Checkout, { uses = "", with: input }: Step, contexts: Contexts): Promise<void> {
  if (!uses.startsWith("actions/checkout@")) return;
  if (typeof input.path === "string") {
    await symlink(ROOT, checkout.path(input.path)).catch(() => undefined); // it is there from an earlier run
    return;
  }
  const wanted = typeof input.ref === "string" ? fill(input.ref, contexts) : contexts.github.sha;
  assert.equal(await checkout.git("rev-parse", "HEAD"), wanted, "another commit is checked out here");
}

/** What no test may do: install packages. */
async function standIns(folder: string): Promise<string> {
  await madeFolder(folder);
  const npm = join(folder, "npm");
  await writeFile(
    npm,
    '#!/bin/sh\n[ "$*" = "ci --omit=dev --prefix slipway" ] && exec test -f slipway/package-lock.json\nexit 64\n',
  );
  await chmod(npm, 0o755);
  return folder;
}
