/** Text for a heading or a sentence, where nothing of it shall be markup. */
export function plain(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|~&]/g, (character) => `\\${character}`);
}

/** Text as code, whatever it holds. https://spec.commonmark.org/0.31.2/#code-spans */
export function code(text: string): string {
  const inner = oneLine(text);
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(inner) ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

/** https://github.github.com/gfm/#tables-extension- */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Within a table a pipe ends its cell, even in code. */
function cell(text: string): string {
  return text.replace(/(?<!\\)\|/g, "\\|");
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function numbered(items: readonly string[]): string {
  return items.map((item, at) => `${at + 1}. ${item}`).join("\n");
}

export function fenced(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}

export function heading(text: string): string {
  return `## ${text}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
