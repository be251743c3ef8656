import type { OptionDefinitions, OptionValues } from "./option.ts";
import { dryRunOptions, notifyOptions } from "./options.ts";

const forOption = {
  for: { kind: "text", value: "VERSION", text: "option.for" },
} as const satisfies OptionDefinitions;

const treeOptions = {
  allowDirty: { kind: "flag", text: "option.allowDirty" },
} as const satisfies OptionDefinitions;

export const targetsOptions = {
  mermaid: { kind: "flag", text: "option.mermaid" },
} as const satisfies OptionDefinitions;

export const downloadOptions = { ...forOption, ...dryRunOptions } as const satisfies OptionDefinitions;

export const buildOptions = {
  ...forOption,
  force: { kind: "flag", text: "option.build.force" },
  ...treeOptions,
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

export const pushOptions = {
  ...forOption,
  primary: { kind: "flag", text: "option.primary" },
  limitRate: { kind: "rate", value: "BYTES/S", text: "option.limitRate" },
  ...treeOptions,
  ...notifyOptions,
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

export const releaseOptions = {
  limitRate: { kind: "rate", value: "BYTES/S", text: "option.limitRate" },
  ...treeOptions,
  ...notifyOptions,
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

/** Places of a version that the configuration does not name. */
export const verifyOptions = {
  image: { kind: "list", value: "REPOSITORY", text: "option.verify.image" },
  github: { kind: "text", value: "OWNER/NAME", text: "option.verify.github" },
} as const satisfies OptionDefinitions;

export const changedOptions = {
  base: { kind: "text", value: "COMMIT", text: "option.changed.base" },
  match: { kind: "choice", choices: ["some", "every"], text: "option.changed.match" },
} as const satisfies OptionDefinitions;

export const contractOptions = {
  output: { kind: "text", short: "-o", value: "FILE", file: true, text: "option.contract.output" },
  check: { kind: "flag", text: "option.contract.check" },
  ...dryRunOptions,
} as const satisfies OptionDefinitions;

export type PublishOptions = Partial<OptionValues<typeof buildOptions & typeof pushOptions>>;
