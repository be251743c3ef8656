import { stripVTControlCharacters } from "node:util";

export { printable } from "../../words/printable.ts";

const segmenter = new Intl.Segmenter();
/** Wide in every terminal: CJK, Hangul, kana, full-width forms, emoji. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}])/u;

/** The columns that text takes in a terminal; colours take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) width += widthOf(segment);
  return width;
}

function widthOf(segment: string): number {
  if (/^\p{Mark}/u.test(segment)) return 0;
  return WIDE.test(segment) ? 2 : 1;
}

/** Plain text cut to at most `columns`, an ellipsis in the middle: names tell most at both ends. */
export function shorten(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? "…" : "";
  const segments = [...segmenter.segment(text)].map(({ segment }) => segment);
  const tail = take(segments.toReversed(), Math.ceil((columns - 1) / 2));
  const head = take(segments, columns - 1 - displayWidth(tail.join("")));
  return `${head.join("")}…${tail.toReversed().join("")}`;
}

function take(segments: readonly string[], columns: number): readonly string[] {
  let width = 0;
  const end = segments.findIndex((segment) => {
    width += widthOf(segment);
    return width > columns;
  });
  return end < 0 ? segments : segments.slice(0, end);
}

export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - displayWidth(text))) + text;
}
