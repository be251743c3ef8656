import type { Language, Words } from "../../words/words.ts";

/** The first line of a page: who has written it, from what, in which language. */
export function pageComment(file: string, words: Words): string {
  return `<!-- ${words.text("contract.comment", { file: file.replaceAll("--", "-"), language: words.language })} -->`;
}

/** The language that a page says it is written in; undefined where `slipway contract` has not written it. */
export function languageOfPage(page: string): Language | undefined {
  const [first = ""] = page.split("\n", 1);
  const language = /^\uFEFF?<!-- .*slipway contract.*language: (en|zh-CN)\b/.exec(first)?.[1];
  return language === "en" || language === "zh-CN" ? language : undefined;
}
