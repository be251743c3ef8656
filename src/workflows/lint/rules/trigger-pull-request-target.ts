import { remark } from "../finding.ts";
import { triggerOf } from "../model/workflow.ts";
import type { Rule } from "../rule.ts";

/** It runs with the repository's secrets for whoever opens a pull request. */
export const triggerPullRequestTarget: Rule = {
  name: "trigger-pull-request-target",
  severity: "error",
  link: "https://docs.zizmor.sh/audits/#dangerous-triggers",
  *check(workflow) {
    const trigger = triggerOf(workflow, "pull_request_target");
    if (trigger !== undefined) yield remark(trigger.place, "lint.trigger-pull-request-target");
  },
};
