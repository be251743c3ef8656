import type { Delivery } from "../notify/index.ts";
import type { Endpoints } from "../registry/credentials/index.ts";
import type { SlipwayError } from "../words/error.ts";
import { type Words, wordsOf } from "../words/words.ts";
import type { Context } from "./command.ts";
import { commands } from "./commands.ts";
import { exitOfError } from "./exit.ts";
import { chooseLanguage } from "./language.ts";
import { modernArguments } from "./legacy-names.ts";
import { COLOR_CHOICES, paintFor } from "./output/color.ts";
import { failureLines, failuresOf } from "./output/failure.ts";
import type { Stream } from "./output/stream.ts";
import { type Invocation, parse } from "./program.ts";

/** The process that a command line runs in. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly out: Stream;
  readonly err: Stream;
  readonly signal: AbortSignal;
  readonly version: string;
  /** Clouds of tests, where registries are logged in to by one. */
  readonly endpoints?: Partial<Endpoints>;
}

/** Runs one command line. Resolves with the exit code; every error has been told by then. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, out, err, signal, version, endpoints } = surroundings;
  const words = wordsOf(chooseLanguage(argv, environment));
  let invocation: Invocation | undefined;
  const notified: Delivery[] = [];
  try {
    const setting = { words, version, out, err, paint: paintFor("auto", environment, out) };
    const parsed = await parse(modernArguments(argv), commands, setting);
    if (typeof parsed === "number") return parsed;
    invocation = parsed;
    const { leaf, command, globals, positional, values } = invocation;
    const color = globals.color ?? "auto";
    const paint = { out: paintFor(color, environment, out), err: paintFor(color, environment, err) };
    const context: Context = {
      command,
      version,
      globals,
      environment,
      words,
      out,
      err,
      paint,
      signal,
      notified,
      ...(endpoints !== undefined && { endpoints }),
    };
    return await leaf.start(context, positional, values);
  } catch (thrown) {
    const errors = failuresOf(thrown);
    await tellFailures({ errors, notified }, argv, words, invocation, surroundings);
    return Math.max(...errors.map(exitOfError));
  }
}

/** Says errors to people and, where a report is asked for, to programs as well. */
async function tellFailures(
  { errors, notified }: { readonly errors: readonly SlipwayError[]; readonly notified: readonly Delivery[] },
  argv: readonly string[],
  words: Words,
  invocation: Invocation | undefined,
  { environment, out, err }: Surroundings,
): Promise<void> {
  const globals = invocation?.globals;
  const color = globals?.color ?? COLOR_CHOICES[0];
  const style = { words, paint: paintFor(color, environment, err), debug: globals?.logLevel === "debug" };
  for (const line of failureLines(errors, style)) err.write(`${line}\n`);
  if (globals?.json !== true && globals?.report === undefined && !argv.includes("--json")) return;
  const { errorReport, writeReport } = await import("./report/report.ts");
  const report = errorReport(invocation?.command ?? "", errors, words, notified);
  if (globals?.report !== undefined) await writeReport(globals.report, report);
  if (globals?.json ?? argv.includes("--json")) out.write(`${JSON.stringify(report, undefined, 2)}\n`);
}
