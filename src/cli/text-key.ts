import type { text } from "../words/en/text.ts";
import type { Slots } from "../words/fill.ts";
import type { TextKey } from "../words/words.ts";

/** A line for people that needs no facts: what a table of commands can name. */
export type PlainTextKey = { [K in TextKey]: Slots<(typeof text)[K]> extends never ? K : never }[TextKey];
