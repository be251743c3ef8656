/** A text for people in its parts: what pages and Markdown make of an answer, each in its own way. */
export type Block =
  | { readonly kind: "paragraph"; readonly spans: readonly Span[] }
  /** Commands and the like, as they are. */
  | { readonly kind: "code"; readonly text: string };

export type Span =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly url: string };

const SPAN = /`([^`]+)`|\[([^[\]]+)\]\((https?:\/\/[^\s()<>"]+)\)/g;

/**
 * Reads what a maintainer wrote: blocks are parted by empty lines; one whose every line begins with four spaces is code. In a
 * paragraph, `code` stands between backticks and a link is `[text](https://…)`. All else is text, and nothing is markup.
 */
export function proseOf(text: string): readonly Block[] {
  return text
    .replaceAll("\r\n", "\n")
    .split(/\n(?:[ \t]*\n)+/)
    .filter((block) => block.trim() !== "")
    .map(blockOf);
}

function blockOf(block: string): Block {
  const lines = block.replace(/^\n+|\n+$/g, "").split("\n");
  if (lines.every((line) => line.startsWith("    "))) {
    return { kind: "code", text: lines.map((line) => line.slice(4)).join("\n") };
  }
  return { kind: "paragraph", spans: spansOf(lines.map((line) => line.trim()).join(" ")) };
}

function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(SPAN)) {
    const [whole, code, label, url] = match;
    if (match.index > end) spans.push({ kind: "text", text: text.slice(end, match.index) });
    if (code !== undefined) spans.push({ kind: "code", text: code });
    else if (label !== undefined && url !== undefined) spans.push({ kind: "link", text: label, url });
    end = match.index + whole.length;
  }
  if (end < text.length) spans.push({ kind: "text", text: text.slice(end) });
  return spans;
}
