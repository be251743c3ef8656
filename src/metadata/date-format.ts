import type { Refuse } from "./refuse.ts";

const TOKEN = /\[([^[\]]*)\]|Do|wo|([A-Za-z])\2*|[^A-Za-z]/g;

/** The tokens of https://momentjs.com/docs/#/displaying/format/ that come out the same wherever Slipway runs. */
const KNOWN = new Set(
  "YYYY YY MMMM MMM MM M DDDD DDD Do DD D dddd ddd dd d wo ww w WW W gggg GGGG Q HH H hh h kk k mm m ss s SSS A a X x ZZ Z".split(
    " ",
  ),
);

/** Letters that stand for something in a format; the others are themselves, such as the T of ISO 8601. */
const LETTERS_OF_TOKENS = /^[MDdwWQNYyGgEeAaHhKkmsSXxZzLl]/;

export type DateToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "token"; readonly token: string };

/**
 * Reads a moment.js format such as `YYYYMMDD-HHmmss`. What stands in square brackets is text.
 * @throws what `refuse` makes, for tokens that Slipway does not know: they would come out as they are written
 */
export function parseDateFormat(format: string, refuse: Refuse): readonly DateToken[] {
  return Array.from(format.matchAll(TOKEN), ([written, bracketed]): DateToken => {
    if (bracketed !== undefined) return { kind: "text", text: bracketed };
    if (KNOWN.has(written)) return { kind: "token", token: written };
    if (!LETTERS_OF_TOKENS.test(written)) return { kind: "text", text: written };
    throw refuse(`${written} in the date format "${format}" is none of ${[...KNOWN].join(" ")}; put text in [ ]`);
  });
}

/** @throws what `refuse` makes, when the name is not one of the IANA time zone database */
export function checkTimeZone(name: string, refuse: Refuse): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
  } catch {
    throw refuse(`"${name}" is not a time zone, such as UTC or Asia/Shanghai`);
  }
}
