import { failure } from "../words/error.ts";
import { splitArguments } from "./split-arguments.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the Action can be asked to do; `run` is whatever its arguments say. */
export const COMMANDS = ["setup", "sync", "push", "release", "run"] as const;
export type ActionCommand = (typeof COMMANDS)[number];

/** The inputs of `action.yml`, read. */
export interface ActionInputs {
  readonly command: ActionCommand;
  readonly args: readonly string[];
  /** What SLIPWAY_VERSION becomes. Left out: as it is. */
  readonly version?: string;
  /** From the runner's workspace on. */
  readonly workingDirectory: string;
  /** What becomes of the job where something optional failed. */
  readonly partial: "fail" | "pass";
}

/** Every input comes under a name that begins so. */
const PREFIX = "SLIPWAY_INPUT_";

/**
 * Reads the inputs, as the steps of `action.yml` hand them over in the environment.
 * @throws ACTION_INPUT_INVALID, ACTION_ARGS_INVALID
 */
export function readInputs(environment: Environment): ActionInputs {
  const input = (name: string) => environment[PREFIX + name] ?? "";
  const command = oneOf("command", input("COMMAND").trim() || "run", COMMANDS);
  const args = splitArguments(input("ARGS"));
  const refuse = (value: string, expected: string) =>
    failure("ACTION_INPUT_INVALID", { input: "args", value, expected });
  if (command === "run" && args.length === 0) throw refuse("nothing", "a command of Slipway's with `command: run`");
  if (command === "setup" && args.length > 0) throw refuse(args.join(" "), "nothing with `command: setup`");
  const version = input("VERSION").trim();
  return {
    command,
    args,
    ...(version !== "" && { version }),
    workingDirectory: input("WORKING_DIRECTORY") || ".",
    partial: oneOf("partial", input("PARTIAL").trim() || "fail", ["fail", "pass"]),
  };
}

/** The environment that a command runs in: without what is only for the Action, and with the version that was asked for. */
export function commandEnvironment(environment: Environment, { version }: ActionInputs): Environment {
  const own = Object.entries(environment).filter(([name]) => !name.startsWith(PREFIX));
  return { ...Object.fromEntries(own), ...(version !== undefined && { SLIPWAY_VERSION: version }) };
}

function oneOf<Word extends string>(input: string, value: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw failure("ACTION_INPUT_INVALID", { input, value, expected: words.join(" | ") });
}
