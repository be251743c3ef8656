import { failure, type SlipwayError } from "../../words/error.ts";
import type { Ending } from "./run-program.ts";

const TELLING = /\berror\b|\bfailed\b|\bfailure\b|non-zero|denied|no such|not found/i;

/** Holds a builder to its success. @throws BUILD_FAILED with the line that tells why; its last lines are the cause */
export function expectSuccess(builder: string, ending: Ending): void {
  if (ending.failed !== undefined) throw buildFailed(builder, ending.failed, ending.lastLines);
}

function buildFailed(builder: string, exit: string, lastLines: readonly string[]): SlipwayError {
  const line = lastLines.findLast((text) => TELLING.test(text)) ?? lastLines.at(-1) ?? "it said nothing";
  return failure(
    "BUILD_FAILED",
    { builder, exit, line: line.slice(0, 1000) },
    { cause: new Error(lastLines.join("\n")) },
  );
}
