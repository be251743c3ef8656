import { type PlannedStep, planSource } from "../../release/plan.ts";
import type { Context } from "../command.ts";
import { showSteps } from "./dry-run.ts";
import type { OpenedProject } from "./project.ts";

/** Shows what `download` and `unpack` would do. @returns the exit code */
export function showSource(
  context: Context,
  { project }: OpenedProject,
  step: "download" | "unpack",
  version: string | undefined,
  detailedExitcode: boolean,
): number {
  const steps = planSource(project.publishing.source, version);
  const shown: readonly PlannedStep[] = step === "unpack" ? steps : steps.filter((one) => one.step === "download");
  return showSteps(context, shown, detailedExitcode);
}
