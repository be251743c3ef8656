import { entryOf, itemsOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { triggerOf } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** Everybody's jobs begin on the hour; GitHub starts them late then, and drops some. */
export const scheduleOnTheHour: Rule = {
  name: "schedule-on-the-hour",
  severity: "info",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule",
  *check(workflow) {
    for (const item of itemsOf(triggerOf(workflow, "schedule")?.settings)) {
      const cron = writtenOf(entryOf(item, "cron")?.value);
      if (cron !== undefined && /^\s*0+\s/.test(cron.text)) {
        yield remark(cron.place, "lint.schedule-on-the-hour", { cron: cron.text });
      }
    }
  },
};
