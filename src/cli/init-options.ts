import type { OptionDefinitions } from "./option.ts";

export const initOptions = {
  yes: { kind: "flag", text: "option.init.yes" },
  image: { kind: "list", value: "REPOSITORY", text: "option.init.image" },
  action: { kind: "text", value: "OWNER/NAME@COMMIT", text: "option.init.action" },
  force: { kind: "flag", text: "option.init.force" },
  dryRun: { kind: "flag", text: "option.dryRun" },
} as const satisfies OptionDefinitions;
