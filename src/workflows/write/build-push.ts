import { dockerHubLogin } from "./docker-login.ts";
import { importsOf, publishingEnv } from "./imports.ts";
import type { WorkflowMaterial } from "./material.ts";
import { publishingPermissions } from "./permissions.ts";
import { checkout, setUpBuilder, setUpSlipway, slipway } from "./steps.ts";
import { pushLines } from "./sync.ts";
import type { Workflow } from "./workflow-text.ts";

/**
 * `build-push.yml`: the image follows a branch. Which tags it gets, and whether anything changed that it is made of,
 * Slipway finds out itself.
 * @throws WORKFLOWS_SLIPWAY_MISSING, WORKFLOW_VARIABLE_UNFIT
 */
export function buildPushWorkflow(material: WorkflowMaterial): Workflow {
  const { settings, config } = material;
  const { branches, minutes } = settings.buildPush;
  const imports = importsOf(material);
  const isFiltered = config.publishing.build?.paths !== undefined;
  return {
    title: "Build and push",
    on: [...pushLines(branches), "workflow_dispatch:"],
    job: {
      id: "build-push",
      minutes,
      environment: settings.environment ?? "build-push",
      permissions: publishingPermissions(material, "push"),
      concurrency: {
        group: `build-push-\${{ github.ref }}`,
        cancels: false,
        why: "in turn, so that the branch's tag ends at its newest commit",
      },
      steps: [
        checkout(material, isFiltered ? { history: "what changed is found by git" } : {}),
        setUpSlipway(material),
        ...dockerHubLogin(material, imports),
        ...setUpBuilder(material),
        {
          name: isFiltered ? "Build and push, where something changed" : "Build and push",
          env: publishingEnv(imports),
          run: slipway(material, "push"),
        },
      ],
    },
  };
}
