import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import type { Rule } from "../rule.ts";

/** Without `permissions` the token may do what the repository's default is, which is often everything. */
export const permissionsMissing: Rule = {
  name: "permissions-missing",
  severity: "warning",
  link: "https://docs.zizmor.sh/audits/#excessive-permissions",
  *check(workflow) {
    if (workflow.kind === "action" || entryOf(workflow.tree, "permissions") !== undefined) return;
    for (const { name, tree, place } of workflow.jobs) {
      if (entryOf(tree, "permissions") === undefined) yield remark(place, "lint.permissions-missing", { job: name });
    }
  },
};
