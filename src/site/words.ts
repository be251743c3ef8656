import { siteText as english } from "../words/en/site-text.ts";
import { fill, type Slots } from "../words/fill.ts";
import type { Language } from "../words/words.ts";
import { siteText as chinese } from "../words/zh-CN/site-text.ts";
import type { Localized } from "./model.ts";

export type SiteTextKey = keyof typeof english;

type FactsOf<K extends SiteTextKey> =
  Slots<(typeof english)[K]> extends never
    ? []
    : [facts: { readonly [S in Slots<(typeof english)[K]>]: string | number }];

/** The lines of this room in one language. */
export interface SiteWords {
  readonly language: Language;
  text<K extends SiteTextKey>(key: K, ...facts: FactsOf<K>): string;
}

const CATALOGUES: Readonly<Record<Language, Readonly<Record<SiteTextKey, string>>>> = {
  en: english,
  "zh-CN": chinese,
};

/** This room's words alone: a page that took `wordsOf` would carry the words of every command with it. */
export function siteWords(language: Language): SiteWords {
  const catalogue = CATALOGUES[language];
  return { language, text: (key, ...facts) => fill(catalogue[key], facts[0] ?? {}) };
}

/** What a line says in both languages. */
export function inBothLanguages(say: (words: SiteWords) => string): Localized {
  return { en: say(siteWords("en")), "zh-CN": say(siteWords("zh-CN")) };
}
