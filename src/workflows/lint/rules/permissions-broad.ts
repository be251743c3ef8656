import { entriesOf, entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** A token is worth what it may do: each job gets what it needs, and no other. */
export const permissionsBroad: Rule = {
  name: "permissions-broad",
  severity: "warning",
  link: "https://docs.zizmor.sh/audits/#excessive-permissions",
  *check(workflow) {
    const top = entryOf(workflow.tree, "permissions");
    for (const permissions of [top, ...workflow.jobs.map(({ tree }) => entryOf(tree, "permissions"))]) {
      const all = writtenOf(permissions?.value);
      if (all?.text === "write-all")
        yield remark(all.place, "lint.permissions-broad", { permission: all.text }, "error");
      if (all?.text === "read-all") yield remark(all.place, "lint.permissions-broad", { permission: all.text });
    }
    for (const { key, place, value } of entriesOf(top?.value)) {
      if (writtenOf(value)?.text === "write")
        yield remark(place, "lint.permissions-broad.everywhere", { permission: key });
    }
  },
};
