import type { Language } from "../../words/words.ts";
import { siteWords } from "../words.ts";

const UNITS = [
  { key: "site.span.days", seconds: 86_400 },
  { key: "site.span.hours", seconds: 3600 },
  { key: "site.span.minutes", seconds: 60 },
  { key: "site.span.seconds", seconds: 1 },
] as const;

const [, , , SECONDS] = UNITS;

/** A span of time, rounded, in the largest unit that it is once exactly or twice at least: `90 min`, `1 h`, `36 h`, `5 d`. */
export function spanText(seconds: number, language: Language): string {
  const unit = UNITS.find((one) => seconds === one.seconds || seconds >= 2 * one.seconds) ?? SECONDS;
  return siteWords(language).text(unit.key, { count: Math.round(seconds / unit.seconds) });
}
