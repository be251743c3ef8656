import { failure } from "../words/error.ts";
import type { CopyOptions } from "./options.ts";

/** What a run that changes nothing is asked with. @throws OPTION_ALONE where the exit code of one is asked of another */
export function checkDryRun({ dryRun, detailedExitcode }: Pick<CopyOptions, "dryRun" | "detailedExitcode">): void {
  if (detailedExitcode && !dryRun)
    throw failure("OPTION_ALONE", { option: "--detailed-exitcode", needed: "--dry-run" });
}
