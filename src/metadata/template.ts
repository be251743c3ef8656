import { checkTimeZone, type DateToken, parseDateFormat } from "./date-format.ts";
import type { Refuse } from "./refuse.ts";

/** Text with expressions in double braces, read: `{{branch}}-{{date 'YYYYMMDD' tz='Asia/Tokyo'}}`. */
export interface Template {
  /** As it was written. */
  readonly text: string;
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "word"; readonly name: string }
  | {
      readonly kind: "date";
      readonly of: DateName;
      readonly format: readonly DateToken[];
      readonly timeZone: string;
    };

const DATES = ["date", "commit_date"] as const;
type DateName = (typeof DATES)[number];

/** What every template may name, besides dates. https://github.com/docker/metadata-action#global-expressions */
export const GLOBAL_WORDS = ["branch", "tag", "sha", "base_ref", "is_default_branch", "is_not_default_branch"] as const;

/** What the patterns of versions may name besides. */
export const VERSION_WORDS = ["version", "raw", "major", "minor", "patch"] as const;

const EXPRESSION = /\{\{\{?([^{}]*)\}?\}\}/g;
const NAME = /^\s*([A-Za-z_]\w*)/;
const ARGUMENT = /^\s+(?:(\w+)=)?(?:'([^']*)'|"([^"]*)")/;

/**
 * Reads a template of the kind that docker/metadata-action takes: the part of Handlebars that its expressions are. What it
 * would leave out, or put in as it is, is refused: an unknown name, a date without its format in quotes.
 * @param words the names that may be used besides dates
 * @throws what `refuse` makes
 */
export function parseTemplate(text: string, words: readonly string[], refuse: Refuse): Template {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(EXPRESSION)) {
    pushText(text.slice(end, match.index));
    parts.push(parseExpression(match[1] ?? "", words, refuse));
    end = match.index + match[0].length;
  }
  pushText(text.slice(end));
  return { text, parts };

  function pushText(between: string): void {
    if (between.includes("{{")) throw refuse("a {{ has no }} that closes it");
    if (between !== "") parts.push({ kind: "text", text: between });
  }
}

function parseExpression(inner: string, words: readonly string[], refuse: Refuse): TemplatePart {
  const name = NAME.exec(inner)?.[1] ?? "";
  const date = DATES.find((each) => each === name);
  if (date === undefined && !words.includes(name)) {
    throw refuse(`{{${inner.trim()}}} is not known here; known are ${[...words, ...DATES].join(", ")}`);
  }
  let rest = inner.slice(inner.indexOf(name) + name.length);
  let format: string | undefined;
  let timeZone = "UTC";
  while (rest.trim() !== "") {
    const [whole = "", key, single, double] = ARGUMENT.exec(rest) ?? [];
    const value = single ?? double;
    if (value === undefined) throw refuse(`in {{${inner.trim()}}}, what follows the name has to be in quotes`);
    if (date === undefined) throw refuse(`{{${name}}} takes no "${value}"`);
    if (key === undefined && format === undefined) format = value;
    else if (key === "tz") timeZone = value;
    else throw refuse(`{{${name}}} takes a format and tz='ZONE', not ${whole.trim()}`);
    rest = rest.slice(whole.length);
  }
  if (date === undefined) return { kind: "word", name };
  if (format === undefined) throw refuse(`{{${name}}} needs a format in quotes, such as {{${name} 'YYYYMMDD'}}`);
  checkTimeZone(timeZone, refuse);
  return { kind: "date", of: date, format: parseDateFormat(format, refuse), timeZone };
}

/** Whether a template is one expression and nothing else. */
export function isOnly(template: Template, name: string): boolean {
  const [first, ...more] = template.parts;
  return more.length === 0 && first?.kind === "word" && first.name === name;
}

/** The words that a template names. */
export function wordsIn(template: Template): ReadonlySet<string> {
  return new Set(template.parts.flatMap((part) => (part.kind === "word" ? [part.name] : [])));
}
