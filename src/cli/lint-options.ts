import type { OptionDefinitions } from "./option.ts";

const FORMATS = ["text", "json", "sarif", "github"] as const;
export type LintFormat = (typeof FORMATS)[number];

export const lintOptions = {
  format: { kind: "choice", choices: FORMATS, text: "option.lint.format" },
  strict: { kind: "flag", text: "option.lint.strict" },
  rules: { kind: "flag", text: "option.lint.rules" },
} as const satisfies OptionDefinitions;
