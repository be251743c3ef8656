import { importsOf, publishingEnv } from "./imports.ts";
import { flowList, type Lines } from "./lines.ts";
import type { WorkflowMaterial } from "./material.ts";
import { publishingPermissions } from "./permissions.ts";
import { action, checkout, setUpSlipway, slipway } from "./steps.ts";
import type { Workflow } from "./workflow-text.ts";

/** Days for which the log of a run is kept. */
const KEPT_DAYS = 7;

/**
 * `sync-docker-acr.yml`: mirrors are brought up to date by the clock, by hand, and when a branch says so.
 * @throws WORKFLOWS_SLIPWAY_MISSING, WORKFLOW_VARIABLE_UNFIT
 */
export function syncWorkflow(material: WorkflowMaterial): Workflow {
  const { cron, branches, minutes } = material.settings.sync;
  return {
    title: "Sync images",
    on: [
      "schedule: # in UTC",
      ...cron.map((when) => `  - cron: ${JSON.stringify(when)}`),
      "workflow_dispatch:",
      ...pushLines(branches),
    ],
    job: {
      id: "sync",
      minutes,
      environment: material.settings.environment ?? "sync",
      permissions: publishingPermissions(material, "sync"),
      concurrency: { group: "sync", cancels: false, why: "one run after the other; what is there is not sent twice" },
      steps: [
        checkout(material),
        setUpSlipway(material),
        {
          name: "Sync",
          env: publishingEnv(importsOf(material)),
          run: slipway(material, "sync --log sync.log --report sync.json"),
        },
        {
          name: "Keep the log",
          condition: "always()",
          uses: action(material, "actions/upload-artifact"),
          with: [
            { key: "name", value: "sync-log" },
            { key: "path", value: ["sync.log", "sync.json"] },
            { key: "retention-days", value: KEPT_DAYS },
          ],
        },
      ],
    },
  };
}

/** Nothing where no branch is meant. */
export function pushLines(branches: readonly string[]): Lines {
  return branches.length === 0 ? [] : ["push:", `  branches: ${flowList(branches)}`];
}
