import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import type { Rule } from "../rule.ts";

/** A job that hangs does so for six hours, and with `concurrency` everything behind it waits. */
export const timeoutMissing: Rule = {
  name: "timeout-missing",
  severity: "warning",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes",
  *check(workflow) {
    if (workflow.kind === "action") return;
    for (const { name, uses, tree, place } of workflow.jobs) {
      if (uses === undefined && entryOf(tree, "timeout-minutes") === undefined) {
        yield remark(place, "lint.timeout-missing", { job: name });
      }
    }
  },
};
