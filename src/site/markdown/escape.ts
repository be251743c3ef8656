/** A line of text as Markdown of which nothing is markup. */
export function plain(text: string): string {
  return beginLine(inline(text).trim());
}

/**
 * Text within a line of Markdown: nothing of it is markup, neither Markdown's own, nor HTML, nor an expression of MDX or Vue,
 * nor a directive (`:name`). Spaces at its ends stay. https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function inline(text: string): string {
  return (
    oneLine(text)
      .replace(/[&<>{}]/g, (character) => `&#${character.charCodeAt(0)};`)
      // Vue looks for two braces when entities are braces again: a word joiner, which nobody sees, parts them.
      .replace(/&#(123|125);(?=&#\1;)/g, "$&&#8288;")
      .replace(/[\\`*_[\]~|$^]/g, "\\$&")
      .replace(/:(?=[\w:+-])/g, "\\:")
      .replace(/!$/, "\\!")
  );
}

/** A line of Markdown that begins no heading, list, container or underline. */
export function beginLine(markdown: string): string {
  return markdown.replace(/^[-+=#:]/, "\\$&").replace(/^(\d+)(?=[.)])/, "$1\\");
}

/** Text as code, whatever it holds. https://spec.commonmark.org/0.31.2/#code-spans */
export function code(text: string): string {
  const inner = oneLine(text).trim();
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(inner) ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

/** A code block, whatever it holds. https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, text, fence].join("\n");
}

/** A link; `label` is Markdown already. */
export function link(label: string, url: string): string {
  return `[${label}](${url.replace(/[\s()<>\\|"'`{}[\]]/g, (character) => encodeURIComponent(character).replace(/[()']/g, hex))})`;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

/** https://github.github.com/gfm/#tables-extension- : a pipe within a cell ends it, even in code. @param rows Markdown */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|");
}

/** Control characters are no text, and a line break would begin something else. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
