import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { ROOT } from "../house/sources.ts";
import type { Checkout } from "./checkout.ts";
import { holds } from "./expressions.ts";
import type { GitHubEvent } from "./github-event.ts";
import { type Ended, Job, type Machine, type RanStep, type Repository, runnerEnv } from "./job.ts";
import { isTriggered } from "./triggers.ts";
import { readWorkflow, type Step } from "./workflow.ts";

export type { GitHubEvent } from "./github-event.ts";
export type { Repository } from "./job.ts";

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
      /** Its scripts. */
      readonly steps: readonly RanStep[];
    };

/** A token that GitHub gives a job without a right to write. */
export const READ_TOKEN = "a-token-that-may-only-read";

/**
 * Runs a workflow with one job as GitHub would on a push, a merge, a click: whether at all, then step by step.
 * @param text the workflow
 * @param prepare makes the job's machine, where it runs at all; gets the event's whole payload
 */
export async function runJob(
  text: string,
  event: GitHubEvent,
  repository: Repository,
  prepare: (payload: object) => Promise<Machine>,
): Promise<WorkflowRun> {
  const workflow = readWorkflow(text);
  if (!isTriggered(workflow, event)) return { state: "not-triggered" };
  const { job } = workflow;
  const payload = { ...event.payload, repository: { full_name: repository.name, default_branch: "main" } };
  const { name, secrets = {}, environments = {}, vars = {}, token = "" } = repository;
  const mayWrite = Object.values(job.permissions).includes("write");
  const { name: event_name, ref, sha } = event;
  const contexts = {
    github: { event: payload, event_name, ref, sha, repository: name, token: mayWrite ? token : READ_TOKEN },
    secrets: { ...secrets, ...environments[job.environment ?? ""] },
    vars,
    inputs: {},
    steps: {},
  };
  if (!holds(job.if, { ...contexts, status: "success" })) return { state: "skipped" };
  const running = new Job(await prepare(payload), event);
  const code = await running.run(job.steps, contexts);
  const { output, summary, ran: steps } = running;
  return { state: "ran", code, output, summary, steps };
}

/**
 * Runs a workflow of a checkout in that checkout. Actions are stood in for: the checkout is there, Slipway is this one,
 * and whatever else an action would set up is.
 */
export function runWorkflow(
  checkout: Checkout,
  file: string,
  event: GitHubEvent,
  repository: Repository,
): Promise<WorkflowRun> {
  return checkout.read(file).then((text) =>
    runJob(text, event, repository, async (payload) => {
      const temporary = `home/runner/${performance.now()}`;
      const files = { event: checkout.path(`${temporary}/event.json`) };
      await checkout.write(`${temporary}/event.json`, JSON.stringify(payload));
      await writeNpm(checkout);
      const { PATH = "/usr/bin:/bin", ...env } = repository.env ?? {};
      return {
        workspace: checkout.path("."),
        temporary: checkout.path(temporary),
        env: {
          ...runnerEnv(event, repository, files),
          PATH: `${checkout.path("home/bin")}:${PATH}`,
          HOME: checkout.path("home"),
          XDG_RUNTIME_DIR: checkout.path("home"),
          ...env,
        },
        use: (step) => use(checkout, step, event),
      };
    }),
  );
}

async function use(checkout: Checkout, { uses = "", with: input }: Step, event: GitHubEvent): Promise<Ended> {
  if (uses.startsWith("actions/checkout@")) {
    if (typeof input.path === "string") {
      await symlink(ROOT, checkout.path(input.path)).catch(() => undefined); // it is there from an earlier run
    } else {
      const wanted = input.ref ?? event.sha;
      assert.equal(await checkout.git("rev-parse", "HEAD"), wanted, "another commit is checked out here");
    }
  }
  return { code: 0, output: "" };
}

/** What no test may do: install packages. */
async function writeNpm(checkout: Checkout): Promise<void> {
  const npm =
    '#!/bin/sh\n[ "$*" = "ci --omit=dev --prefix slipway" ] && exec test -f slipway/package-lock.json\nexit 64\n';
  await checkout.write("home/bin/npm", npm, 0o755);
}
