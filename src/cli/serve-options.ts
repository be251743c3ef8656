import type { OptionDefinitions } from "./option.ts";

export const serveOptions = {
  listen: { kind: "text", value: "HOST:PORT", text: "option.listen" },
  dataDir: { kind: "text", value: "FOLDER", file: true, text: "option.dataDir" },
} as const satisfies OptionDefinitions;
