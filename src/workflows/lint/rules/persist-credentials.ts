import { remark } from "../finding.ts";
import { inputOf, stepsIn, usesAction } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** The checkout leaves the token on disk, where every later step, and every uploaded folder, has it. */
export const persistCredentials: Rule = {
  name: "persist-credentials",
  severity: "warning",
  link: "https://docs.zizmor.sh/audits/#artipacked",
  *check(workflow) {
    for (const { step } of stepsIn(workflow)) {
      if (!usesAction(step, "actions/checkout")) continue;
      if (writtenOf(inputOf(step, "persist-credentials"))?.text === "false") continue;
      yield remark(step.uses?.place ?? step.place, "lint.persist-credentials");
    }
  },
};
