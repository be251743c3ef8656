import { importsOf, pullRequestEnv } from "./imports.ts";
import { flowList } from "./lines.ts";
import type { WorkflowMaterial } from "./material.ts";
import { READ_ONLY } from "./permissions.ts";
import type { Step } from "./step.ts";
import { checkout, setUpBuilder, setUpSlipway, slipway } from "./steps.ts";
import type { Workflow } from "./workflow-text.ts";

/**
 * `ci-pr.yml`: what would be published is built, and goes nowhere. There is no secret in it and no right to write, so
 * that it may run what a stranger proposes.
 * @throws WORKFLOWS_SLIPWAY_MISSING, WORKFLOW_VARIABLE_UNFIT
 */
export function pullRequestWorkflow(material: WorkflowMaterial): Workflow {
  const { branches, minutes } = material.settings.pr;
  const isFiltered = material.config.publishing.build?.paths !== undefined;
  return {
    title: "CI (PR)",
    on: ["pull_request:", `  branches: ${flowList(branches)}`],
    job: {
      id: "image",
      minutes,
      permissions: READ_ONLY,
      concurrency: { group: `ci-pr-\${{ github.ref }}`, cancels: true, why: "the newest push is the one that counts" },
      steps: [
        checkout(material, isFiltered ? { history: "what changed is found by git" } : {}),
        setUpSlipway(material),
        { name: "Workflows say what the configuration does", run: slipway(material, "workflows --check") },
        ...contractSteps(material),
        ...setUpBuilder(material),
        {
          name: "The image that would be published, pushed nowhere",
          env: pullRequestEnv(importsOf(material)),
          run: slipway(material, "build"),
        },
      ],
    },
  };
}

/** A contract that tells addresses made of variables would not be the same in a fork, which has none. */
function contractSteps(material: WorkflowMaterial): readonly Step[] {
  const { config, uses } = material;
  const hasOpenAddress = uses.some(({ path }) => /^registries\..+\.image$/.test(path) || /^mirrors\b/.test(path));
  if (config.publishing.contract === undefined || hasOpenAddress) return [];
  return [{ name: "The contract says what the configuration does", run: slipway(material, "contract --check") }];
}
