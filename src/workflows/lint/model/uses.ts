import type { Workflow } from "./workflow.ts";
import type { Written } from "./written.ts";

/** What a workflow takes from elsewhere: actions, images, other workflows. Those of its own checkout are left out. */
export function usesIn(workflow: Workflow): readonly Written[] {
  return workflow.jobs
    .flatMap(({ uses, steps }) => [uses, ...steps.map((step) => step.uses)])
    .filter((uses) => uses !== undefined)
    .filter(({ text }) => !text.startsWith("./") && !text.startsWith("../"));
}
