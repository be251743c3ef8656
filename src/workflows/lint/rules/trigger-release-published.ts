import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { publishingJobs } from "../model/publications.ts";
import { triggerOf } from "../model/workflow.ts";
import { linesOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

const PUBLISHED = ["published", "released", "created", "prereleased"];

/** A release that starts its own image comes before it, so that a failing build leaves half a release. */
export const triggerReleasePublished: Rule = {
  name: "trigger-release-published",
  severity: "error",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#release",
  *check(workflow) {
    const trigger = triggerOf(workflow, "release");
    if (trigger === undefined) return;
    const types = linesOf(entryOf(trigger.settings, "types")?.value);
    if (types.length > 0 && !types.some((type) => PUBLISHED.includes(type))) return;
    // One that only tells people of a release does no harm, as far as can be seen.
    const severity = publishingJobs(workflow).size > 0 ? "error" : "warning";
    yield remark(trigger.place, "lint.trigger-release-published", undefined, severity);
  },
};
