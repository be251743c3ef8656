import { lintReportText, lintText } from "./lint-text.ts";

export const workflowsText = {
  ...lintText,
  ...lintReportText,
} as const;
