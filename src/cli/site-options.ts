import { GENERATORS } from "../site/markdown/generator.ts";
import type { OptionDefinitions } from "./option.ts";

export const siteBuildOptions = {
  out: { kind: "text", short: "-o", value: "DIR", file: true, text: "option.site.out" },
  status: { kind: "text", value: "FILE|URL", file: true, text: "option.site.status" },
} as const satisfies OptionDefinitions;

export const sitePreviewOptions = {
  listen: { kind: "text", value: "HOST:PORT", text: "option.site.listen" },
  status: { kind: "text", value: "FILE|URL", file: true, text: "option.site.status" },
} as const satisfies OptionDefinitions;

export const siteMarkdownOptions = {
  out: { kind: "text", short: "-o", value: "DIR", file: true, text: "option.site.markdown.out" },
  for: { kind: "choice", choices: GENERATORS, text: "option.site.for" },
  status: { kind: "text", value: "FILE|URL", file: true, text: "option.site.markdown.status" },
  check: { kind: "flag", text: "option.site.check" },
} as const satisfies OptionDefinitions;
