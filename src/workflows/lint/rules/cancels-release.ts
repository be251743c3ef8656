import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { publishingJobs } from "../model/publications.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** A run that is cancelled between two registries leaves a version on one of them. */
export const cancelsRelease: Rule = {
  name: "cancels-release",
  severity: "error",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#concurrency",
  *check(workflow) {
    const jobs = [...publishingJobs(workflow)];
    if (jobs.length === 0) return;
    for (const tree of [workflow.tree, ...jobs.map((job) => job.tree)]) {
      const cancel = entryOf(entryOf(tree, "concurrency")?.value, "cancel-in-progress");
      if (writtenOf(cancel?.value)?.text === "true") yield remark(cancel?.place ?? tree.place, "lint.cancels-release");
    }
  },
};
