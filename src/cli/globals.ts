import type { OptionDefinitions, OptionValues } from "./option.ts";
import { COLOR_CHOICES } from "./output/color.ts";

export const PROGRESS_CHOICES = ["auto", "tty", "plain", "json", "none"] as const;
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The options that every command takes, before or after its name. */
export const globalOptions = {
  config: { kind: "text", short: "-c", value: "FILE", file: true, text: "option.config" },
  json: { kind: "flag", text: "option.json" },
  report: { kind: "text", value: "FILE", file: true, text: "option.report" },
  log: { kind: "text", value: "FILE", file: true, text: "option.log" },
  logLevel: { kind: "choice", choices: LOG_LEVELS, text: "option.logLevel" },
  progress: { kind: "choice", choices: PROGRESS_CHOICES, text: "option.progress" },
  color: { kind: "choice", choices: COLOR_CHOICES, text: "option.color" },
  lang: { kind: "choice", choices: ["en", "zh-CN"], text: "option.lang" },
  cacheDir: { kind: "text", value: "FOLDER", file: true, text: "option.cacheDir" },
  cacheLimit: { kind: "size", value: "BYTES", text: "option.cacheLimit" },
  input: { kind: "denial", text: "option.input" },
} as const satisfies OptionDefinitions;

export type GlobalOptions = OptionValues<typeof globalOptions>;
