import { inspect } from "node:util";
import { asFailure, type SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import type { Paint } from "./color.ts";
import { printable } from "./width.ts";

/** An error as JSON, the same in the report and in every event. */
export interface FailureJson {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
}

export function failureJson(error: SlipwayError, words: Words): FailureJson {
  return { code: error.code, ...words.error(error), retryable: error.retryable };
}

/** All that one thrown value tells: an error that stands for several is as many, each to be read for itself. */
export function failuresOf(thrown: unknown): readonly SlipwayError[] {
  const bundle = thrown instanceof Error && thrown.cause instanceof AggregateError ? thrown.cause : thrown;
  return bundle instanceof AggregateError ? bundle.errors.flatMap(failuresOf) : [asFailure(thrown)];
}

export interface FailureStyle {
  readonly words: Words;
  readonly paint: Paint;
  /** Whether the chain of causes is shown, too. */
  readonly debug: boolean;
}

/**
 * Errors for people: what happened, and under it what to do; a hint that several share is said once, under the last.
 * What Slipway has no name for is a fault of its own, and comes with its stack.
 */
export function failureLines(
  errors: readonly SlipwayError[],
  { words, paint, debug }: FailureStyle,
): readonly string[] {
  const said = errors.map((error) => ({ error, ...words.error(error) }));
  return said.flatMap(({ error, message, hint }, at) => {
    const lines = [`${paint("red", words.text("error.label"))}${printable(message)}`];
    if (said[at + 1]?.hint !== hint) lines.push(`  ${paint("dim", printable(hint))}`);
    const cause = error.code === "UNEXPECTED" || debug ? error.cause : undefined;
    return [...lines, ...causeLines(cause).map((line) => `  ${paint("dim", line)}`)];
  });
}

function causeLines(cause: unknown): readonly string[] {
  if (cause === undefined) return [];
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  const next = cause instanceof Error ? causeLines(cause.cause) : [];
  return [...text.split("\n").map(printable), ...next];
}
