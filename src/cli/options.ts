import type { OptionDefinitions, OptionValues } from "./option.ts";

/** What would be done, and nothing done. */
export const dryRunOptions = {
  dryRun: { kind: "flag", text: "option.dryRun" },
  detailedExitcode: { kind: "flag", text: "option.detailedExitcode" },
} as const satisfies OptionDefinitions;

/** Of commands that tell others what they came to. */
export const notifyOptions = {
  notify: { kind: "denial", text: "option.notify" },
} as const satisfies OptionDefinitions;

export const notifyTestOptions = {
  dryRun: { kind: "flag", text: "option.notify.dryRun" },
} as const satisfies OptionDefinitions;

/** image-syncer's flags by their names, then our own. */
export const syncOptions = {
  auth: { kind: "text", value: "FILE", file: true, text: "option.auth" },
  images: { kind: "text", value: "FILE", file: true, text: "option.images" },
  proc: { kind: "number", short: "-p", value: "N", least: 1, text: "option.proc" },
  retries: { kind: "number", short: "-r", value: "N", least: 0, text: "option.retries" },
  os: { kind: "list", value: "OS[:VERSION]", text: "option.os" },
  arch: { kind: "list", value: "ARCH[:VARIANT]", text: "option.arch" },
  force: { kind: "flag", text: "option.force" },
  outputSuccessImages: { kind: "text", value: "FILE", file: true, text: "option.outputSuccessImages" },
  outputImagesFormat: { kind: "choice", choices: ["yaml", "json"], text: "option.outputImagesFormat" },
  referrers: { kind: "switch", text: "option.sync.referrers" },
  adapt: { kind: "flag", text: "option.adapt" },
  limitRate: { kind: "rate", value: "BYTES/S", text: "option.limitRate" },
  keepPulls: { kind: "number", value: "N", least: 0, text: "option.keepPulls" },
  check: { kind: "flag", text: "option.check" },
  prune: { kind: "flag", text: "option.prune" },
  yes: { kind: "flag", text: "option.yes" },
  ...notifyOptions,
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

export const copyOptions = {
  platform: { kind: "list", value: "OS/ARCH[/VARIANT]", text: "option.platform" },
  allTags: { kind: "flag", text: "option.allTags" },
  referrers: { kind: "flag", text: "option.copy.referrers" },
  adapt: { kind: "flag", text: "option.adapt" },
  limitRate: { kind: "rate", value: "BYTES/S", text: "option.limitRate" },
  keepPulls: { kind: "number", value: "N", least: 0, text: "option.keepPulls" },
  retries: { kind: "number", short: "-r", value: "N", least: 0, text: "option.retries" },
  force: { kind: "flag", text: "option.force" },
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

export const inspectOptions = {
  raw: { kind: "flag", text: "option.raw" },
} as const satisfies OptionDefinitions;

export const importOptions = {
  output: { kind: "text", short: "-o", value: "FILE", file: true, text: "option.output" },
  to: { kind: "text", value: "REGISTRY[/NAMESPACE]", text: "option.to" },
  scoped: { kind: "flag", text: "option.scoped" },
  force: { kind: "flag", text: "option.overwrite" },
} as const satisfies OptionDefinitions;

export const doctorOptions = {
  for: { kind: "text", value: "VERSION", text: "option.for" },
  auth: { kind: "text", value: "FILE", file: true, text: "option.auth" },
  images: { kind: "text", value: "FILE", file: true, text: "option.images" },
} as const satisfies OptionDefinitions;

export type SyncOptions = OptionValues<typeof syncOptions>;
export type CopyOptions = OptionValues<typeof copyOptions>;
