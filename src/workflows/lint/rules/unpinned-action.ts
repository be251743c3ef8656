import { remark } from "../finding.ts";
import { usesIn } from "../model/uses.ts";
import type { Rule } from "../rule.ts";

/** A tag or a branch is what its owner, or who took over the account, makes of it tomorrow. */
export const unpinnedAction: Rule = {
  name: "unpinned-action",
  severity: "error",
  link: "https://docs.zizmor.sh/audits/#unpinned-uses",
  *check(workflow) {
    for (const { text, place } of usesIn(workflow)) {
      if (text.startsWith("docker://")) {
        if (!/@sha256:[0-9a-f]{64}$/.test(text)) yield remark(place, "lint.unpinned-action.image", { image: text });
      } else if (!/@[0-9a-f]{40}$/i.test(text)) yield remark(place, "lint.unpinned-action", { action: text });
    }
  },
};
