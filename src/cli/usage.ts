import type { CommanderError } from "commander";
import { failure, type SlipwayError } from "../words/error.ts";

/**
 * What the parser complains about, as an error with words in every language; undefined when it only stopped after
 * printing help or the version. The parser gives names in quotes, and what it takes for meant on a second line.
 */
export function usageFailure(stop: CommanderError, usage: string): SlipwayError | undefined {
  const [named = ""] = quoted(stop.message);
  const nearest = /Did you mean (?:one of )?(.+)\?/.exec(stop.message)?.[1];
  switch (stop.code) {
    case "commander.unknownCommand":
      if (nearest === undefined) return failure("COMMAND_UNKNOWN", { command: named, usage });
      return failure("COMMAND_MISSPELT", { command: named, nearest });
    case "commander.unknownOption":
      if (nearest === undefined) return failure("OPTION_UNKNOWN", { option: named, usage });
      return failure("OPTION_MISSPELT", { option: named, nearest, usage });
    case "commander.optionMissingArgument":
      return failure("OPTION_VALUE_MISSING", { option: named, usage });
    case "commander.missingArgument":
      return failure("ARGUMENT_MISSING", { argument: named, usage });
    case "commander.excessArguments":
      return failure("ARGUMENTS_TOO_MANY", { arguments: /got \d+: (.*)\.$/.exec(stop.message)?.[1] ?? "", usage });
    default:
      return undefined;
  }
}

function quoted(message: string): readonly string[] {
  return [...message.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? "");
}
