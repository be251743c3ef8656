import type { Place } from "../../config/reading/place.ts";
import { lintText as english } from "../../words/en/lint-text.ts";
import { fill, type Slots } from "../../words/fill.ts";
import type { Language } from "../../words/words.ts";
import { lintText as chinese } from "../../words/zh-CN/lint-text.ts";

/** `error` fails a run; `warning` only with `--strict`; `info` never. */
export type Severity = "error" | "warning" | "info";

type Key = keyof typeof english;

/** Every rule has `lint.NAME`, what is wrong; `lint.NAME.why`; and `lint.NAME.hint`, how to mend it. */
export type RuleName = { [K in Key]: K extends `lint.${infer Name}.why` ? Name : never }[Key];

/** What a rule may say: `lint.NAME`, or a variant of it, `lint.NAME.checkout`. */
export type MessageKey = {
  [K in Key]: K extends `lint.${string}.why` | `lint.${string}.hint` ? never : K;
}[Key];

type MessageFacts<K extends MessageKey> = { readonly [S in Slots<(typeof english)[K]>]: string | number };

/** What a rule found, before it is known for whom it is written. */
export interface Remark {
  readonly place: Place;
  readonly key: MessageKey;
  readonly facts: Readonly<Record<string, string | number>>;
  /** Where it is another than the rule's. */
  readonly severity?: Severity;
}

/** A remark and whose it is. */
export interface Finding extends Remark {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** Why the rule is there: a page of GitHub's, or of zizmor's audits. */
  readonly link: string;
}

/** Makes a remark; the compiler asks for exactly the facts that its words need. */
export function remark<K extends MessageKey>(
  place: Place,
  key: K,
  ...[facts, severity]: Slots<(typeof english)[K]> extends never
    ? [facts?: undefined, severity?: Severity]
    : [facts: MessageFacts<K>, severity?: Severity]
): Remark {
  return { place, key, facts: facts ?? {}, ...(severity !== undefined && { severity }) };
}

const TEXTS: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en: english, "zh-CN": chinese };

/** What a person reads of a finding. */
export function findingWords(
  { key, facts, rule }: Finding,
  language: Language,
): { readonly message: string; readonly hint: string } {
  return { message: fill(TEXTS[language][key], facts), hint: hintOf(rule, language) };
}

/** Why a rule is there, in a sentence. */
export function reasonOf(rule: RuleName, language: Language): string {
  return TEXTS[language][`lint.${rule}.why`];
}

/** How to mend what a rule finds. */
export function hintOf(rule: RuleName, language: Language): string {
  return TEXTS[language][`lint.${rule}.hint`];
}
