import type { Words } from "../../words/words.ts";
import type { Severity } from "../../workflows/lint/finding.ts";
import type { Paint, Style } from "../output/color.ts";

const STYLES: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", info: "cyan" };

/** A severity in the person's language, and its colour. */
export function severityLabel(severity: Severity, words: Words, paint: Paint): string {
  return paint(STYLES[severity], words.text(`lint-report.${severity}`));
}
