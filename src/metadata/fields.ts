import type { Refuse } from "./refuse.ts";

/** `key=value` of a rule, or a value without a key. */
export interface Field {
  /** In lower case. */
  readonly key: string | undefined;
  readonly value: string;
}

const WHOLE = /^\s*"((?:[^"]|"")*)"\s*(?=,|$)/;
const QUOTED_VALUE = /^\s*([^=,"{]*=)\s*"((?:[^"]|"")*)"\s*(?=,|$)/;
/** A comma inside of double braces belongs to the expression there. */
const PLAIN = /^(?:\{\{[^{}]*\}\}|[^,])*/;
const STARTS_QUOTED = /^\s*(?:[^=,"{]*=\s*)?"/;

/**
 * Splits a line at its commas, as docker/metadata-action does with csv-parse: a field may be in double quotes, as a whole
 * or only its value, and holds commas then; `""` is a quote there.
 * @throws what `refuse` makes
 */
export function parseFields(line: string, refuse: Refuse): readonly Field[] {
  if (/[\r\n]/.test(line)) throw refuse("it has more than one line; one line is one rule");
  const fields: Field[] = [];
  for (let rest = line; ; rest = rest.slice(1)) {
    const [written, text] = firstOf(rest, refuse);
    fields.push(fieldOf(text));
    rest = rest.slice(written.length);
    if (rest === "") return fields;
  }
}

function firstOf(rest: string, refuse: Refuse): readonly [written: string, text: string] {
  const whole = WHOLE.exec(rest);
  if (whole !== null) return [whole[0], unquote(whole[1] ?? "")];
  const quoted = QUOTED_VALUE.exec(rest);
  if (quoted !== null) return [quoted[0], `${quoted[1]}${unquote(quoted[2] ?? "")}`];
  if (STARTS_QUOTED.test(rest)) throw refuse("a double quote is not closed, or text follows the closing one");
  const plain = PLAIN.exec(rest)?.[0] ?? "";
  return [plain, plain];
}

function unquote(text: string): string {
  return text.replaceAll('""', '"');
}

/** The first `=` divides, unless it is inside of an expression: `{{date 'YYYY' tz='UTC'}}` is a value. */
function fieldOf(text: string): Field {
  const equals = text.indexOf("=");
  const key = text.slice(0, Math.max(equals, 0));
  if (equals < 0 || key.includes("{{")) return { key: undefined, value: text.trim() };
  return { key: key.trim().toLowerCase(), value: text.slice(equals + 1).trim() };
}
