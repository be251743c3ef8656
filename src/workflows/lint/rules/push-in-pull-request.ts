import { remark } from "../finding.ts";
import { keepsPullRequestsOut } from "../model/condition.ts";
import { imagePushes } from "../model/publications.ts";
import { isReachedByPullRequest } from "../model/reach.ts";
import { inputOf } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** A pull request is built, never published. */
export const pushInPullRequest: Rule = {
  name: "push-in-pull-request",
  severity: "error",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request",
  *check(workflow) {
    for (const { job, step, place, what } of imagePushes(workflow)) {
      const push = writtenOf(inputOf(step, "push"));
      if (push !== undefined && keepsPullRequestsOut(push.text)) continue;
      if (isReachedByPullRequest(workflow, job, step)) yield remark(place, "lint.push-in-pull-request", { what });
    }
  },
};
