import type { Language } from "../words/words.ts";
import type { Environment } from "./inputs.ts";

/** The language that a command line speaks here, so that what the Action adds is in the same; a test holds them equal. */
export function languageOf(argv: readonly string[], environment: Environment): Language {
  const end = argv.indexOf("--");
  const options = (end < 0 ? argv : argv.slice(0, end)).join("\n");
  const asked = [...options.matchAll(/^--lang[=\n](.*)$/gm)].at(-1)?.[1];
  if (asked === "en" || asked === "zh-CN") return asked;
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return /^zh(?:[_.@-]|$)/i.test(LC_ALL || LC_MESSAGES || LANG || "") ? "zh-CN" : "en";
}
