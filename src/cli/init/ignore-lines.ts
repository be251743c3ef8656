/** Lines that a file of patterns lacks, of those that are wanted. `.slipway` is there as `/.slipway/`, too. */
export function missingLines(text: string, wanted: readonly string[]): readonly string[] {
  const there = new Set(text.split(/\r?\n/).map(plain));
  return wanted.filter((line) => !there.has(plain(line)));
}

/** A text with lines behind it. */
export function withLines(text: string, lines: readonly string[]): string {
  const end = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${end}${lines.join("\n")}\n`;
}

function plain(line: string): string {
  return line
    .trim()
    .replace(/^(?:\*\*\/|\.?\/)/, "")
    .replace(/\/(?:\*\*?)?$/, "");
}
