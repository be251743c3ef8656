import type { StepOutcome } from "../../release/step.ts";
import type { SlipwayError } from "../../words/error.ts";
import { EXIT, exitOfError } from "../exit.ts";

/** 0 when all is done, 3 when something optional failed; else that of what stopped the run. */
export function exitOfSteps(steps: readonly StepOutcome[], stops: readonly SlipwayError[]): number {
  const [stop] = stops;
  const failed = steps.flatMap((step) => (step.status === "failed" ? [step] : []));
  if (stop === undefined) return failed.length > 0 ? EXIT.partly : EXIT.done;
  if (stop.code !== "PUBLISH_INCOMPLETE") return exitOfError(stop);
  // It is for credentials only where each registry that counts says so.
  const pushes = failed.filter(
    ({ step, subject, tolerated }) => step === "push" && subject !== undefined && !tolerated,
  );
  const isCredentials = pushes.length > 0 && pushes.every(({ error }) => exitOfError(error) === EXIT.credentials);
  return isCredentials ? EXIT.credentials : EXIT.failed;
}
