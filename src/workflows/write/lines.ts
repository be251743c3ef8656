/** Lines of YAML, written the way a person would: deterministic, with comments where they belong. */
export type Lines = readonly string[];

/** Words that YAML 1.1 or 1.2 takes for something else than text. Numbers begin with no letter, but for `e1`. */
const OTHER = /^(?:true|false|yes|no|on|off|y|n|null|e[-+]?\d+)$/i;
const PLAIN = /^(?:[A-Za-z_]|\.\/)[\w./@-]*[,;]?(?: [\w./@()=-]+[,;]?)*$/;
const ADDRESS = /^https:\/\/[\w./-]+$/;
const EXPRESSION = /^\$\{\{ [^\n#]+ \}\}$/;

/** A scalar: plain where nobody can take it for anything else, else in double quotes. */
export function scalar(text: string): string {
  if (EXPRESSION.test(text) || ADDRESS.test(text)) return text;
  return PLAIN.test(text) && !OTHER.test(text) ? text : JSON.stringify(text);
}

/** `[main, "v[0-9]*"]` */
export function flowList(items: readonly string[]): string {
  return `[${items.map((item) => (item.includes(",") ? JSON.stringify(item) : scalar(item))).join(", ")}]`;
}

export function indented(lines: Lines, by = 2): Lines {
  return lines.map((line) => (line === "" ? line : `${" ".repeat(by)}${line}`));
}

/** One key, with a scalar and a comment of one line. */
export interface Entry {
  readonly key: string;
  /** A number stays one; a list becomes a block of lines. */
  readonly value: string | number | boolean | Lines;
  readonly comment?: string;
}

export function entryLines({ key, value, comment }: Entry): Lines {
  const behind = comment === undefined ? "" : ` # ${comment}`;
  if (typeof value === "object") return [`${key}: |${behind}`, ...indented(value)];
  return [`${key}: ${typeof value === "string" ? scalar(value) : value}${behind}`];
}

/** A mapping under a key; nothing where it is empty. */
export function mappingLines(key: string, entries: readonly Entry[]): Lines {
  return entries.length === 0 ? [] : [`${key}:`, ...indented(entries.flatMap(entryLines))];
}
