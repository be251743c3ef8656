import { fill, type Slots } from "../../src/words/fill.ts";

export type Language = "en" | "zh-CN";

/** Each language by the name that its readers give it. */
export const LANGUAGES: Readonly<Record<Language, string>> = { en: "English", "zh-CN": "简体中文" };

/** The words of one language: templates by key. */
export type Catalogue = Readonly<Record<string, string>>;

/** A line for people; the compiler asks for the facts that its English template names. */
export type Translate<English extends Catalogue> = <K extends keyof English & string>(
  key: K,
  ...facts: FactsOf<English[K]>
) => string;

type FactsOf<Template extends string> =
  Slots<Template> extends never ? [] : [facts: { readonly [S in Slots<Template>]: string | number }];

/** A text that comes with the data instead of the pages, in both languages. */
export type Localized = Readonly<Record<Language, string>>;

/** What each language of a catalogue says; the Chinese one has exactly the English keys. */
export function translator<English extends Catalogue>(
  english: English,
  chinese: Readonly<Record<keyof English, string>>,
): (language: Language) => Translate<English> {
  const translateBy =
    (catalogue: Readonly<Record<keyof English, string>>): Translate<English> =>
    (key, ...facts) =>
      fill(catalogue[key], facts[0] ?? {});
  const translations = { en: translateBy(english), "zh-CN": translateBy(chinese) };
  return (language) => translations[language];
}

/**
 * The language of the page: what its address asks for, else what the reader chose here before, else the first of the browser's
 * languages that the pages speak, else English. Every kind of Chinese is answered in the one that there is.
 */
export function chooseLanguage(
  asked: string | undefined,
  kept: string | undefined,
  preferred: readonly string[],
): Language {
  for (const tag of [asked, kept, ...preferred]) {
    const primary = tag?.toLowerCase().split("-")[0];
    if (primary === "zh") return "zh-CN";
    if (primary === "en") return "en";
  }
  return "en";
}
