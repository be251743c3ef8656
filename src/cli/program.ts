import { Argument, CommanderError, Command as Parser } from "commander";
import type { Words } from "../words/words.ts";
import type { Command, Leaf } from "./command.ts";
import { EXIT } from "./exit.ts";
import { type GlobalOptions, globalOptions } from "./globals.ts";
import { type OptionDefinitions, parserOptions } from "./option.ts";
import type { Paint } from "./output/color.ts";
import type { Stream } from "./output/stream.ts";
import { displayWidth } from "./output/width.ts";
import { usageFailure } from "./usage.ts";

export interface ProgramSetting {
  readonly words: Words;
  readonly version: string;
  readonly out: Stream;
  readonly err: Stream;
  readonly paint: Paint;
}

/** What was asked for, ready to start. */
export interface Invocation {
  readonly leaf: Leaf;
  /** `config check` */
  readonly command: string;
  readonly globals: GlobalOptions;
  readonly positional: readonly string[];
  values<V>(): V;
}

/**
 * Reads the arguments by the table of commands. Resolves with the exit code where help or the version was all that was
 * to be printed.
 * @throws COMMAND_UNKNOWN and its sisters, with the usage of the command that was meant
 */
export async function parse(
  argv: readonly string[],
  commands: readonly Command[],
  setting: ProgramSetting,
): Promise<Invocation | number> {
  let found: Invocation | undefined;
  const root = new Parser("slipway");
  configure(root, setting);
  root.description(setting.words.text("program.description"));
  root.version(setting.version, "-V, --version", setting.words.text("option.version"));
  addOptions(root, globalOptions, setting.words);
  root.helpCommand("help [command]", setting.words.text("command.help"));

  const addLeaf = (parent: Parser, leaf: Leaf, path: string, isDefault = false) => {
    const parser = configure(parent.command(leaf.name, { isDefault }), setting);
    parser.description(setting.words.text(leaf.summary));
    for (const name of leaf.positional) {
      parser.addArgument(new Argument(argumentOf(name)));
    }
    addOptions(parser, leaf.options, setting.words);
    parser.addHelpText("after", `\n${setting.words.text("help.globals")}`);
    parser.action(() => {
      const globals = root.opts<GlobalOptions>();
      found = { leaf, command: path, globals, positional: parser.args, values: <V>() => parser.opts<V & object>() };
    });
  };
  for (const command of commands) {
    if (command.kind === "command") {
      addLeaf(root, command, command.name);
      continue;
    }
    const group = configure(root.command(command.name), setting);
    group.description(setting.words.text(command.summary)).helpCommand(false);
    for (const leaf of command.commands) {
      addLeaf(group, leaf, `${command.name} ${leaf.name}`, leaf.name === command.usual);
    }
  }
  try {
    await root.parseAsync(argv, { from: "user" });
  } catch (stop) {
    if (!(stop instanceof CommanderError)) throw stop;
    return stop.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  return found ?? EXIT.usage;
}

/** `DESTINATION…` → `<DESTINATION...>`, `[VERSION]` as it is. */
function argumentOf(name: string): string {
  const written = name.replace("…", "...");
  return written.startsWith("[") ? written : `<${written}>`;
}

function addOptions(parser: Parser, definitions: OptionDefinitions, words: Words): void {
  for (const [name, definition] of Object.entries(definitions)) {
    for (const option of parserOptions(name, definition, words)) parser.addOption(option);
  }
}

function configure(parser: Parser, { words, out, err, paint }: ProgramSetting): Parser {
  const titles: Readonly<Record<string, string>> = {
    "Usage:": words.text("help.usage"),
    "Arguments:": words.text("help.arguments"),
    "Options:": words.text("help.options"),
    "Commands:": words.text("help.commands"),
  };
  return parser
    .helpOption("-h, --help", words.text("option.help"))
    .exitOverride((stop) => {
      throw usageFailure(stop, parser.createHelp().commandUsage(parser)) ?? stop;
    })
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => out.columns || 100,
      getErrHelpWidth: () => err.columns || 100,
    })
    .configureHelp({
      displayWidth,
      styleTitle: (title) => paint("bold", titles[title] ?? title),
      styleCommandText: (text) => paint("cyan", text),
      styleOptionTerm: (text) => paint("cyan", text),
      styleSubcommandTerm: (text) => paint("cyan", text),
      subcommandTerm: (command) => command.name(),
      optionDescription: (option) => option.description,
    });
}
