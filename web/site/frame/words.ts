import { pagesText as english } from "../../../src/words/en/pages-text.ts";
import { pagesText as chinese } from "../../../src/words/zh-CN/pages-text.ts";
import { useLanguage } from "../../shared/language.tsx";
import { translator } from "../../shared/words.ts";

const pagesWords = translator(english, chinese);

export type PagesWords = ReturnType<typeof pagesWords>;

/** The words of the three pages, in the reader's language. */
export function usePagesWords(): PagesWords {
  return pagesWords(useLanguage().language);
}
