import type { OptionDefinitions } from "./option.ts";
import { dryRunOptions } from "./options.ts";

export const workflowsOptions = {
  output: { kind: "text", short: "-o", value: "FOLDER", file: true, text: "option.workflows.output" },
  check: { kind: "flag", text: "option.workflows.check" },
  force: { kind: "flag", text: "option.workflows.force" },
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

export const workflowsUpdateOptions = {
  from: { kind: "text", value: "FILE", file: true, text: "option.workflows.from" },
  majors: { kind: "flag", text: "option.workflows.majors" },
  ...dryRunOptions,
} as const satisfies OptionDefinitions;
