import { remark } from "../finding.ts";
import { usesIn } from "../model/uses.ts";
import type { Rule } from "../rule.ts";

/** Nobody reads 40 hex digits; the comment says which version they are, and Dependabot keeps both in step. */
export const actionCommentMissing: Rule = {
  name: "action-comment-missing",
  severity: "warning",
  link: "https://docs.zizmor.sh/audits/#ref-version-mismatch",
  *check(workflow) {
    for (const { text, place } of usesIn(workflow)) {
      if (!/@[0-9a-f]{40}$/i.test(text)) continue;
      const after = (workflow.lines[place.line - 1] ?? "").split(text).at(-1) ?? "";
      if (!/#.*\d/.test(after)) yield remark(place, "lint.action-comment-missing", { action: text });
    }
  },
};
