import type { OptionDefinitions, OptionValues } from "./option.ts";

export const composeOptions = {
  source: { kind: "text", value: "ID", text: "option.compose.source" },
  tag: { kind: "text", value: "TAG", text: "option.compose.tag" },
  digest: { kind: "text", value: "DIGEST", text: "option.compose.digest" },
  set: { kind: "each", value: "FIELD=VALUE", text: "option.compose.set" },
  setFile: { kind: "each", value: "FIELD=FILE", text: "option.compose.setFile" },
  from: { kind: "text", value: "FILE", file: true, text: "option.compose.from" },
  switch: { kind: "text", value: "FILE", file: true, text: "option.compose.switch" },
  list: { kind: "flag", text: "option.compose.list" },
  output: { kind: "text", short: "-o", value: "FILE", file: true, text: "option.compose.output" },
  // Not --env-file: Node takes that for its own, wherever it stands. https://github.com/nodejs/node/issues/54232
  secretsFile: { kind: "text", value: "FILE", file: true, text: "option.compose.secretsFile" },
  force: { kind: "flag", text: "option.overwrite" },
} as const satisfies OptionDefinitions;

export type ComposeOptions = OptionValues<typeof composeOptions>;
