import { remark } from "../finding.ts";
import type { Rule } from "../rule.ts";

/** What Slipway wrote is written again from the configuration; an edit outside the kept blocks would be lost. */
export const slipwayDrift: Rule = {
  name: "slipway-drift",
  severity: "warning",
  link: "https://docs.github.com/en/repositories/working-with-files/managing-files/customizing-how-changed-files-appear-on-github",
  *check({ file, lines }, { isEdited }) {
    if (isEdited?.(file, lines.join("\n")) === true) yield remark({ file, line: 1, column: 1 }, "lint.slipway-drift");
  },
};
