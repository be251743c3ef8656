import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { publishingJobs } from "../model/publications.ts";
import type { Rule } from "../rule.ts";

/** Two runs that publish at once take turns at overwriting each other's tags. */
export const concurrencyMissing: Rule = {
  name: "concurrency-missing",
  severity: "warning",
  link: "https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency",
  *check(workflow) {
    if (workflow.kind === "action" || entryOf(workflow.tree, "concurrency") !== undefined) return;
    for (const { name, tree, place } of publishingJobs(workflow)) {
      if (entryOf(tree, "concurrency") === undefined) yield remark(place, "lint.concurrency-missing", { job: name });
    }
  },
};
