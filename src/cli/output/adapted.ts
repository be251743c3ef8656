import type { Outcome } from "../../copy/outcome.ts";
import type { Words } from "../../words/words.ts";

/** How what a destination has differs from what the source has, in a few words; undefined where it does not. */
export function adaptedText(outcome: Outcome, words: Words): string | undefined {
  if (!("adapted" in outcome) || outcome.adapted === undefined) return undefined;
  const { changes, leftOut } = outcome.adapted;
  const told = changes.map((change) => words.text(`adapted.${change}`)).join(words.text("list.comma"));
  return leftOut.length === 0
    ? words.text("adapted", { changes: told })
    : words.text("adapted.left-out", { changes: told, count: leftOut.length });
}
