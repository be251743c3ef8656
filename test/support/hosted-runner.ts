import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { runJob, type WorkflowRun } from "./actions.ts";
import type { GitHubEvent } from "./github-event.ts";
import { type Repository, runnerEnv } from "./job.ts";
import { journals } from "./journals.ts";
import type { Origin } from "./origin.ts";
import { type Artifact, standIn } from "./stand-ins.ts";
import { Workplace } from "./workplace.ts";

/** What became of a workflow on a machine of its own. */
export type HostedRun =
  | Exclude<WorkflowRun, { state: "ran" }>
  | (Extract<WorkflowRun, { state: "ran" }> & {
      /** How often an image was built. */
      readonly builds: number;
      readonly artifacts: readonly Artifact[];
    });

/**
 * Runs a workflow of a repository at GitHub on a machine that is new, and thrown away afterwards with all that is on it.
 * @param file its name in `.github/workflows`; as the event's commit has it
 * @param slipway `OWNER/NAME@COMMIT`, what the workflow has to use of Slipway
 */
export async function runHosted(
  origin: Origin,
  file: string,
  event: GitHubEvent,
  { repository, slipway }: { readonly repository: Repository; readonly slipway: string },
): Promise<HostedRun> {
  const text = await origin.file(event.sha, `.github/workflows/${file}`);
  await using place = await Workplace.with();
  const artifacts: Artifact[] = [];
  const run = await runJob(text, event, repository, async (payload) => {
    await place.write("temp/event.json", JSON.stringify(payload));
    await mkdir(place.path("work"));
    return {
      workspace: place.path("work"),
      temporary: place.path("temp"),
      env: {
        ...runnerEnv(event, repository, { event: place.path("temp/event.json") }),
        PATH: "/usr/bin:/bin",
        HOME: place.path("home"),
        XDG_RUNTIME_DIR: place.path("home"),
        LANG: "C.UTF-8",
        GITHUB_WORKSPACE: place.path("work"),
        RUNNER_TEMP: place.path("temp"),
        ...repository.env,
      },
      use: (step, job) => standIn(step, job, { origin, slipway, artifacts }),
    };
  });
  if (run.state !== "ran") return run;
  const entries = await journals(place, "work");
  const builds = entries.filter(({ state, kind }) => state === "intent" && kind === "build").length;
  return { ...run, builds, artifacts };
}

/** How a run ended, for comparisons; fails with all that it printed where it is another end. */
export function assertEnded(run: HostedRun, code: number): asserts run is Extract<HostedRun, { state: "ran" }> {
  assert.equal(run.state, "ran");
  assert.equal(run.code, code, run.output);
}
