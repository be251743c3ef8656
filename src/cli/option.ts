import { Option } from "commander";
import { parseBytes, parseRate } from "../config/bytes.ts";
import { failure } from "../words/error.ts";
import type { Words } from "../words/words.ts";
import type { PlainTextKey } from "./text-key.ts";

/** One option of a command, as data: parsing, help and completion are made from it. Its key is its camel-case name. */
export type OptionDefinition = { readonly text: PlainTextKey; readonly short?: string } & (
  | { readonly kind: "flag" }
  /** `--name` and `--no-name`; unset when neither is given. */
  | { readonly kind: "switch" }
  /** `--no-name` only; true unless given. */
  | { readonly kind: "denial" }
  | { readonly kind: "text"; readonly value: string; readonly file?: true }
  /** Repeatable, and takes a comma list. */
  | { readonly kind: "list"; readonly value: string }
  /** Repeatable, each value as it stands. */
  | { readonly kind: "each"; readonly value: string }
  | { readonly kind: "number"; readonly value: string; readonly least: number }
  /** Bytes a second, such as `20MB/s`. */
  | { readonly kind: "rate"; readonly value: string }
  /** Bytes, such as `10GB`; none is allowed. */
  | { readonly kind: "size"; readonly value: string }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
);

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;

/** Of a command that takes none but the global ones. */
export type NoOptions = Readonly<Record<never, OptionDefinition>>;

/** What a command gets for its definitions. */
export type OptionValues<D extends OptionDefinitions> = { readonly [Name in keyof D]: ValueOf<D[Name]> };

type ValueOf<D extends OptionDefinition> = D extends { kind: "flag" | "denial" }
  ? boolean
  : D extends { kind: "switch" }
    ? boolean | undefined
    : D extends { kind: "list" | "each" }
      ? readonly string[]
      : D extends { kind: "number" | "rate" | "size" }
        ? number | undefined
        : D extends { kind: "choice"; choices: readonly (infer Choice)[] }
          ? Choice | undefined
          : string | undefined;

/** `outputSuccessImages` → `--output-success-images` */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The flags that a definition stands for, without their values: for completion. */
export function flagsOf(name: string, definition: OptionDefinition): readonly string[] {
  const long = flagOf(name);
  const denied = long.replace("--", "--no-");
  const longs = { switch: [long, denied], denial: [denied] }[definition.kind as "switch" | "denial"] ?? [long];
  return definition.short === undefined ? longs : [definition.short, ...longs];
}

/** The parser's options for a definition. */
export function parserOptions(name: string, definition: OptionDefinition, words: Words): readonly Option[] {
  const flags = flagsOf(name, definition);
  const text = words.text(definition.text);
  const withValue = (value: string) => new Option(`${flags.join(", ")} <${value}>`, text);
  switch (definition.kind) {
    case "flag":
      return [new Option(flags.join(", "), text).default(false)];
    case "denial":
      return [new Option(flags.join(", "), text)];
    case "switch":
      return flags.map((flag) => new Option(flag, text).hideHelp(flag.startsWith("--no-")));
    case "text":
      return [withValue(definition.value).argParser(once(flagOf(name), (value) => value))];
    case "list":
      return [withValue(definition.value).default([]).argParser(listOf)];
    case "each":
      return [
        withValue(definition.value)
          .default([])
          .argParser((value: string, before: readonly string[]) => [...before, value]),
      ];
    case "number":
      return [
        withValue(definition.value).argParser(
          once(flagOf(name), (value) => wholeNumber(flagOf(name), value, definition.least)),
        ),
      ];
    case "rate":
      return [
        withValue(definition.value).argParser(once(flagOf(name), (value) => bytesPerSecond(flagOf(name), value))),
      ];
    case "size":
      return [withValue(definition.value).argParser(once(flagOf(name), (value) => bytesOf(flagOf(name), value)))];
    case "choice":
      return [
        withValue(definition.choices.join("|")).argParser(
          once(flagOf(name), (value) => oneOf(flagOf(name), value, definition.choices)),
        ),
      ];
  }
}

/** Of two values for one option nobody can tell which was meant. */
function once<T>(option: string, read: (value: string) => T): (value: string, before: T | undefined) => T {
  return (value, before) => {
    if (before === undefined) return read(value);
    throw failure("OPTIONS_CONFLICT", { one: `${option} ${before}`, other: `${option} ${value}` });
  };
}

function listOf(value: string, before: readonly string[]): readonly string[] {
  const more = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return [...before, ...more];
}

function bytesPerSecond(option: string, value: string): number {
  try {
    return parseRate(value);
  } catch (cause) {
    throw failure("OPTION_VALUE_INVALID", { option, value, expected: "20MB/s" }, { cause });
  }
}

/** Reads a size for an option or a variable of the environment. @throws OPTION_VALUE_INVALID */
export function bytesOf(option: string, value: string): number {
  try {
    return value === "0" ? 0 : parseBytes(value);
  } catch (cause) {
    throw failure("OPTION_VALUE_INVALID", { option, value, expected: "10GB" }, { cause });
  }
}

function wholeNumber(option: string, value: string, least: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least) return number;
  throw failure("OPTION_VALUE_INVALID", { option, value, expected: `${least}, ${least + 1}, ${least + 2}, …` });
}

function oneOf(option: string, value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  throw failure("OPTION_VALUE_INVALID", { option, value, expected: choices.join(" | ") });
}
