import type { StoredError } from "../../store/records.ts";
import { SlipwayError } from "../../words/error.ts";
import { printable } from "../../words/printable.ts";
import type { Words } from "../../words/words.ts";

/** What a kept error says, on one line. */
export function reasonOf(error: StoredError, words: Words): string {
  return printable(words.error(SlipwayError.kept(error)).message);
}

/** What to do about it. */
export function hintOf(error: StoredError, words: Words): string {
  return printable(words.error(SlipwayError.kept(error)).hint);
}
