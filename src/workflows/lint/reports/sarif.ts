import type { Language } from "../../../words/words.ts";
import { type Finding, findingWords, hintOf, reasonOf, type Severity } from "../finding.ts";
import { rules } from "../rules.ts";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** What SARIF does not say by itself. */
export interface SarifFacts {
  /** Slipway's own. */
  readonly version: string;
  readonly language: Language;
  /** A file's path from the repository's root on, with slashes. */
  readonly pathOf: (file: string) => string;
}

/**
 * Findings as a SARIF 2.1.0 log, which GitHub's code scanning takes.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly Finding[], { version, language, pathOf }: SarifFacts): object {
  const driver = {
    name: "Slipway",
    version,
    rules: rules.map(({ name, severity, link }) => ({
      id: name,
      shortDescription: { text: reasonOf(name, language) },
      helpUri: link,
      help: { text: hintOf(name, language) },
      defaultConfiguration: { level: LEVELS[severity] },
    })),
  };
  const results = findings.map((finding) => {
    const { message, hint } = findingWords(finding, language);
    const { file, line, column } = finding.place;
    return {
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ name }) => name === finding.rule),
      level: LEVELS[finding.severity],
      message: { text: `${message}. ${hint}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(pathOf(file)), uriBaseId: "%SRCROOT%" },
            region: { startLine: line, startColumn: column },
          },
        },
      ],
    };
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}
