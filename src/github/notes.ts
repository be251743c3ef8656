import { failure } from "../words/error.ts";

/** What GitHub takes as the body of a release, in characters. */
export const MOST_NOTES_CHARACTERS = 125_000;

/** Stands where notes were cut. */
const CUT = "…";

/**
 * The body of a release: what changed, then a table of ours. What is too long is cut out of the first, at the end of a
 * line, and marked by `…`; the table stays whole, and is not swallowed by what the cut left open.
 * @param limit in characters, as JavaScript counts them: never fewer than GitHub does
 * @throws NOTES_TOO_LONG where the table alone is too long
 */
export function composeNotes(generated: string, table: string, limit = MOST_NOTES_CHARACTERS): string {
  const parts = (notes: string) => [notes.trim(), table.trim()].filter((part) => part !== "").join("\n\n");
  const whole = parts(generated);
  if (whole.length <= limit) return whole;
  const rest = parts(CUT).length;
  if (table.trim().length > limit) {
    throw failure("NOTES_TOO_LONG", { characters: table.trim().length, limit });
  }
  if (rest > limit) return table.trim();
  // room for what closes a code block
  const room = limit - rest - 2 - FENCE_ROOM;
  return parts(`${closed(firstLines(generated.trim(), room))}\n\n${CUT}`.trim());
}

const FENCE_ROOM = 16;

/** As many whole lines as there is room for. */
function firstLines(text: string, room: number): string {
  if (room <= 0) return "";
  const end = text.lastIndexOf("\n", room);
  return end < 0 ? "" : text.slice(0, end).trimEnd();
}

/**
 * Without a comment that does not end, and with an end to a code block that has none: Markdown would take all that
 * follows into either. https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
function closed(text: string): string {
  const comment = text.lastIndexOf("<!--");
  if (comment > text.lastIndexOf("-->")) return closed(text.slice(0, comment).trimEnd());
  const fence = openFence(text);
  return fence === undefined ? text : `${text}\n${fence}`;
}

/** The fence of a code block that the text leaves open. */
function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const [, fence = "", info = ""] of text.matchAll(/^ {0,3}(`{3,12}|~{3,12})([^\n]*)$/gm)) {
    if (open === undefined) open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length && info.trim() === "") open = undefined;
  }
  return open;
}
