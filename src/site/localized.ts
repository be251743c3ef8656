import type { Language } from "../words/words.ts";
import type { Localized } from "./model.ts";

/** A text in a language. */
export function localized(text: Localized, language: Language): string {
  return text[language];
}
