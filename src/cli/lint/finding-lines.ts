import { formatPlace } from "../../config/reading/place.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, findingWords } from "../../workflows/lint/finding.ts";
import type { Paint } from "../output/color.ts";
import { printable } from "../output/width.ts";
import { severityLabel } from "./severity-label.ts";

/** Findings for people: place, what is wrong, the rule; and under it what to do, once where several share it. */
export function findingLines(findings: readonly Finding[], words: Words, paint: Paint): readonly string[] {
  return findings.flatMap((finding, at) => {
    const { severity, rule, place } = finding;
    const { message, hint } = findingWords(finding, words.language);
    const label = severityLabel(severity, words, paint);
    const line = `${printable(formatPlace(place))}: ${label}: ${printable(message)} ${paint("dim", `[${rule}]`)}`;
    return findings[at + 1]?.rule === rule ? [line] : [line, `  ${paint("dim", printable(hint))}`];
  });
}
