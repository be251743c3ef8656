import type { Language } from "../words/words.ts";

export const LANGUAGES: readonly Language[] = ["en", "zh-CN"];

/**
 * The language to speak: what `--lang` says, else the first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX orders
 * them. https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
 */
export function chooseLanguage(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const asked = languageFlag(argv);
  if (asked !== undefined) return asked;
  const locale = [environment.LC_ALL, environment.LC_MESSAGES, environment.LANG].find((value) => (value ?? "") !== "");
  return /^zh(?:[_.@-]|$)/i.test(locale ?? "") ? "zh-CN" : "en";
}

/** Looked for before the arguments are parsed, so that even the parser's complaints are in the right language. */
function languageFlag(argv: readonly string[]): Language | undefined {
  const end = argv.indexOf("--");
  const options = end < 0 ? argv : argv.slice(0, end);
  const value = options
    .map((word, at) => (word === "--lang" ? options[at + 1] : /^--lang=(.*)$/.exec(word)?.[1]))
    .findLast((found) => found !== undefined);
  return LANGUAGES.find((language) => language === value);
}
