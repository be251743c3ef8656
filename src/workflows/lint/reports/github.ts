import type { Language } from "../../../words/words.ts";
import { type Finding, findingWords, type Severity } from "../finding.ts";

/** GitHub shows ten of a step; the others would be lost. */
export const MOST_ANNOTATIONS = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };
const SEVERITIES = Object.keys(COMMANDS);

/** What deserves an annotation, and the rest: errors first, and of one rule the first before any further. */
export function mostTelling(findings: readonly Finding[]): {
  readonly shown: readonly Finding[];
  readonly rest: readonly Finding[];
} {
  const seen = new Map<string, number>();
  const ranked = findings.map((finding) => {
    const repeated = seen.get(finding.rule) ?? 0;
    seen.set(finding.rule, repeated + 1);
    return { finding, severity: SEVERITIES.indexOf(finding.severity), repeated };
  });
  const shown = ranked
    .toSorted((one, other) => one.severity - other.severity || one.repeated - other.repeated)
    .slice(0, MOST_ANNOTATIONS)
    .map(({ finding }) => finding);
  return { shown, rest: findings.filter((finding) => !shown.includes(finding)) };
}

/**
 * A finding as a workflow command.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 * @param pathOf a file's path from the repository's root on
 */
export function annotationOf(finding: Finding, pathOf: (file: string) => string, language: Language): string {
  const { place, rule, severity } = finding;
  const { message, hint } = findingWords(finding, language);
  const properties = { file: pathOf(place.file), line: place.line, col: place.column, title: `slipway lint: ${rule}` };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${written.join(",")}::${escaped(`${message}\n${hint}`)}`;
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
