import { resolve } from "node:path";
import type { ActionInputs } from "./inputs.ts";

/** A command line of Slipway's, and the file that its report will be in. */
export interface Invocation {
  readonly argv: readonly string[];
  readonly report: string;
}

/**
 * The command line that the inputs ask for. A report that the arguments name themselves is the one that is read.
 * @param folder where the command runs
 * @param report where a report goes that nobody has named
 */
export function invocationOf({ command, args }: ActionInputs, folder: string, report: string): Invocation {
  const words = command === "run" ? args : [command, ...args];
  const named = reportIn(args);
  if (named !== undefined) return { argv: words, report: resolve(folder, named) };
  return { argv: ["--report", report, ...words], report };
}

function reportIn(args: readonly string[]): string | undefined {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  return options
    .map((word, at) => (word === "--report" ? options[at + 1] : /^--report=(.+)$/.exec(word)?.[1]))
    .find((found) => found !== undefined);
}
