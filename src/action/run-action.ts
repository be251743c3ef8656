import { existsSync } from "node:fs";
import { mkdtemp, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setOutput } from "../github/index.ts";
import { asFailure } from "../words/error.ts";

import { wordsOf } from "../words/words.ts";
import { annotationLine, annotationsOf } from "./annotations.ts";
import { type ActionInputs, commandEnvironment, type Environment, readInputs } from "./inputs.ts";
import { invocationOf } from "./invocation.ts";
import { languageOf } from "./language.ts";
import { runCommand } from "./run-command.ts";
import { readRunReport } from "./run-report.ts";
import { outputsOf, type Status, statusOf } from "./verdict.ts";

const USAGE = 2;
const FAILED = 1;

/** Prints a line. */
type Say = (line: string) => void;

/**
 * The step of `action.yml` that does what was asked for: runs the command, then says what came of it in outputs and
 * annotations. The page of the job and the log are the command's own.
 * @returns the exit code of the step: the command's, but for `partial: pass`
 */
export async function runAction(environment: Environment, say: Say): Promise<number> {
  let inputs: ActionInputs;
  try {
    inputs = readInputs(environment);
  } catch (thrown) {
    return await refused(thrown, USAGE, environment, say);
  }
  if (inputs.command === "setup") return 0;
  try {
    return await carriedOut(inputs, environment, say);
  } catch (thrown) {
    return await refused(thrown, FAILED, environment, say);
  }
}

async function carriedOut(inputs: ActionInputs, environment: Environment, say: Say): Promise<number> {
  const folder = resolve(environment.GITHUB_WORKSPACE || ".", inputs.workingDirectory);
  const temporary = await mkdtemp(join(environment.RUNNER_TEMP || tmpdir(), "slipway-"));
  const { argv, report: file } = invocationOf(inputs, folder, join(temporary, "report.json"));
  // What an earlier run has left there says nothing of this one.
  await unlink(file).catch(() => undefined);
  const exit = await runCommand(argv, folder, commandEnvironment(environment, inputs));
  const report = await readRunReport(file);
  const status = statusOf(exit, report);
  for (const [name, value] of Object.entries(outputsOf(status, report, existsSync(file) ? file : ""))) {
    await setOutput(environment, name, value);
  }
  const words = wordsOf(languageOf(argv, environment));
  for (const annotation of annotationsOf(report, exit, words)) say(annotationLine(annotation));
  return status === "partial" && inputs.partial === "pass" ? 0 : exit;
}

/** Nothing was run, and the page of the run says why. */
async function refused(thrown: unknown, exit: number, environment: Environment, say: Say): Promise<number> {
  const { message, hint } = wordsOf(languageOf([], environment)).error(asFailure(thrown));
  say(annotationLine({ level: "error", title: "slipway", message: `${message}\n${hint}` }));
  await setOutput(environment, "status", "failed" satisfies Status);
  return exit;
}
