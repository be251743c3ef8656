import { errors as englishErrors } from "./en/errors.ts";
import { text as englishText } from "./en/text.ts";
import type { ErrorCode, SlipwayError } from "./error.ts";
import { fill, type Slots } from "./fill.ts";
import { errors as chineseErrors } from "./zh-CN/errors.ts";
import { text as chineseText } from "./zh-CN/text.ts";

export type Language = "en" | "zh-CN";
export type TextKey = keyof typeof englishText;

/** The words of one language. */
export interface Words {
  readonly language: Language;
  /** A line for people; the compiler asks for the facts that its English template names. */
  text<K extends TextKey>(key: K, ...facts: FactsOf<K>): string;
  /** A line that was kept by its key and facts; a key that is not known (any more) stands for itself. */
  line(key: string, facts: Readonly<Record<string, string | number>>): string;
  /** What an error says and what to do about it. */
  error(error: SlipwayError): { readonly message: string; readonly hint: string };
}

type FactsOf<K extends TextKey> =
  Slots<(typeof englishText)[K]> extends never
    ? []
    : [facts: { readonly [S in Slots<(typeof englishText)[K]>]: string | number }];

/** Every catalogue has exactly the English keys; a test holds the slots equal, too. */
export type ErrorCatalogue = Readonly<Record<ErrorCode, { readonly message: string; readonly hint: string }>>;
export type TextCatalogue = Readonly<Record<TextKey, string>>;

const CATALOGUES: Readonly<Record<Language, { readonly errors: ErrorCatalogue; readonly text: TextCatalogue }>> = {
  en: { errors: englishErrors, text: englishText },
  "zh-CN": { errors: chineseErrors, text: chineseText },
};

export function wordsOf(language: Language): Words {
  const catalogue = CATALOGUES[language];
  return {
    language,
    text: (key, ...facts) => fill(catalogue.text[key], facts[0] ?? {}),
    line: (key, facts) => (isTextKey(key) ? fill(catalogue.text[key], facts) : key),
    error: (error) => {
      const entry = catalogue.errors[error.code];
      const side = error.side === undefined ? "" : catalogue.text[`side.${error.side}`];
      return { message: side + fill(entry.message, error.facts), hint: fill(entry.hint, error.facts) };
    },
  };
}

function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(englishText, key);
}
