import { proseOf, type Span } from "../prose.ts";
import { beginLine, code, fenced, inline, link } from "./escape.ts";

/** What a maintainer wrote, as Markdown: paragraphs, commands, code and links, and no other markup. */
export function proseMarkdown(text: string): string {
  return proseOf(text)
    .map((block) => (block.kind === "code" ? fenced("text", block.text) : paragraph(block.spans)))
    .join("\n\n");
}

function paragraph(spans: readonly Span[]): string {
  return beginLine(spans.map(spanMarkdown).join("").trim());
}

function spanMarkdown(span: Span): string {
  if (span.kind === "code") return code(span.text);
  return span.kind === "link" ? link(inline(span.text).trim(), span.url) : inline(span.text);
}
