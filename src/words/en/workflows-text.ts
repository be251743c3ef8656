import { lintReportText, lintText } from "./lint-text.ts";

export const workflowsText = {
  ...lintText,
  ...lintReportText,
  "workflows.new": "{file} is written",
  "workflows.changed": "{file} is written anew",
  "workflows.removed": "{file} is removed: the configuration gives no reason for it any more",
  "workflows.unchanged": "{file} is as it should be",
  "workflows.would.new": "{file} would be written",
  "workflows.would.changed": "{file} would be written anew",
  "workflows.would.removed": "{file} would be removed",
  "workflows.line": "{file}, line {line}:",
  "workflows.stale": "{file}: the configuration gives no reason for it any more",
  "workflows.update.taken": "{action}: {from} → {to}",
  "workflows.update.held": "{action}: {from} stays; {to} is there, and may want other inputs (`--majors` takes it)",
  "workflows.update.none": "no action has a newer release",
  "workflows.update.written": "{file} is written; `slipway workflows` brings it into the workflows",
} as const;
