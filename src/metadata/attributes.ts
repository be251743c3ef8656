import type { Field } from "./fields.ts";
import type { Refuse } from "./refuse.ts";
import { parseTemplate, type Template } from "./template.ts";

/** What was written of a rule, by key. The readers below throw what `refuse` makes. */
export interface Attributes {
  readonly values: ReadonlyMap<string, string>;
  readonly refuse: Refuse;
}

/** @param bare the key that a value without one belongs to */
export function attributesOf(fields: readonly Field[], bare: string, refuse: Refuse): Attributes {
  const values = new Map<string, string>();
  for (const { key = bare, value } of fields) {
    if (values.has(key)) throw refuse(`${key} is given twice`);
    values.set(key, value);
  }
  return { values, refuse };
}

export function allowOnly({ values, refuse }: Attributes, known: readonly string[], where: string): void {
  const unknown = [...values.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) throw refuse(`unknown key "${unknown}"; known ${where} are ${known.join(", ")}`);
}

/** A value that a rule cannot do without, and not an empty one. */
export function needed({ values, refuse }: Attributes, key: string): string {
  const value = values.get(key);
  if (value === undefined || value === "") throw refuse(`${key} is missing`);
  return value;
}

export function templateOf(
  { values, refuse }: Attributes,
  key: string,
  words: readonly string[],
): Template | undefined {
  const value = values.get(key);
  return value === undefined ? undefined : parseTemplate(value, words, refuse);
}

export function wholeNumberOf({ values, refuse }: Attributes, key: string): number | undefined {
  const value = values.get(key);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(value)) throw refuse(`${key} is "${value}", not a whole number`);
  return Number(value);
}

export function choiceOf<Choice extends string>(
  { values, refuse }: Attributes,
  key: string,
  choices: readonly Choice[],
  byDefault?: Choice,
): Choice {
  const value = values.get(key) ?? byDefault;
  const chosen = choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  const problem = value === undefined ? "is missing" : `is "${value}"`;
  throw refuse(`${key} ${problem}; it is one of ${choices.join(", ")}`);
}
