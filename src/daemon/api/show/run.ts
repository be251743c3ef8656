import type { NumberedLine, RunRecord, StoredError } from "../../../store/records.ts";
import { SlipwayError } from "../../../words/error.ts";
import type { Words } from "../../../words/words.ts";
import { errorShape } from "../problem.ts";
import type { ErrorShape, LineShape, RunShape } from "../shapes.ts";

export function runShape(words: Words, run: RunRecord): RunShape {
  const { id, mirror, trigger, by, tags, state, queuedAt, startedAt, endedAt, counts, jobs } = run;
  const known = { id, mirror, trigger, by, tags, state, queuedAt, startedAt, endedAt, counts, jobs };
  return { ...known, ...withError(words, run.error) };
}

export function lineShape(words: Words, { number, at, level, key, facts, error }: NumberedLine): LineShape {
  return { number, at, level, text: words.line(key, facts), ...withError(words, error) };
}

/** An error as it was kept, in the reader's words. */
export function withError(words: Words, error: StoredError | undefined): { readonly error?: ErrorShape } {
  return error === undefined ? {} : { error: errorShape(words, SlipwayError.kept(error)) };
}
