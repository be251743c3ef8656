import type { Command } from "../command.ts";
import { globalOptions } from "../globals.ts";
import { flagsOf, type OptionDefinition, type OptionDefinitions } from "../option.ts";

/** One place on the command line, and what may follow there. */
export interface Position {
  /** The words before, without `slipway`: `""`, `plan`, `plan sync`. */
  readonly path: string;
  readonly commands: readonly string[];
  readonly flags: readonly Flag[];
  /** Whether other words there are files. */
  readonly files: boolean;
}

export interface Flag {
  readonly names: readonly string[];
  /** What its value may be; none means that it takes no value. */
  readonly value: "none" | "any" | "file" | readonly string[];
}

/** Every position of the command line, from the table of commands. */
export function positionsOf(commands: readonly Command[]): readonly Position[] {
  const shared = flagsFor(globalOptions);
  const help: Flag = { names: ["-h", "--help"], value: "none" };
  const version: Flag = { names: ["-V", "--version"], value: "none" };
  const names = commands.map((command) => command.name);
  const positions: Position[] = [
    { path: "", commands: [...names, "help"], flags: [...shared, help, version], files: false },
    { path: "help", commands: names, flags: [], files: false },
  ];
  for (const command of commands) {
    if (command.kind === "group") {
      const inner = command.commands.map((leaf) => leaf.name);
      const usual = command.commands.find((leaf) => leaf.name === command.usual);
      const own = usual === undefined ? [] : flagsFor(usual.options);
      positions.push({ path: command.name, commands: inner, flags: [...own, ...shared, help], files: false });
    }
    const leaves = command.kind === "group" ? command.commands : [command];
    for (const leaf of leaves) {
      positions.push({
        path: command.kind === "group" ? `${command.name} ${leaf.name}` : leaf.name,
        commands: leaf.name === "completion" ? ["bash", "zsh", "fish"] : [],
        flags: [...flagsFor(leaf.options), ...shared, help],
        files: leaf.positional.some((name) => name.startsWith("FILE")),
      });
    }
  }
  return positions;
}

function flagsFor(definitions: OptionDefinitions): readonly Flag[] {
  return Object.entries(definitions).map(([name, definition]) => ({
    names: flagsOf(name, definition),
    value: valueFor(definition),
  }));
}

function valueFor(definition: OptionDefinition): Flag["value"] {
  switch (definition.kind) {
    case "choice":
      return definition.choices;
    case "text":
      return definition.file === true ? "file" : "any";
    case "list":
    case "each":
    case "number":
      return "any";
    default:
      return "none";
  }
}
