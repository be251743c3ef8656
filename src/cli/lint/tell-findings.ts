import type { Words } from "../../words/words.ts";
import { type Finding, findingWords, type Severity } from "../../workflows/lint/finding.ts";
import { annotationOf, mostTelling } from "../../workflows/lint/reports/github.ts";
import { sarifOf } from "../../workflows/lint/reports/sarif.ts";
import type { Context } from "../command.ts";
import type { LintFormat } from "../lint-options.ts";
import { writeText } from "../output/file.ts";
import { findingLines } from "./finding-lines.ts";

/** What a run of lint came to. */
export interface LintResult {
  /** As they were given, or found, from this folder on. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly failed: boolean;
}

/**
 * Prints findings in a format, and writes the report where one is wanted.
 * @param pathOf a file's path from the repository's root on
 * @throws FILE_UNWRITABLE
 */
export async function tellFindings(
  context: Context,
  format: LintFormat,
  result: LintResult,
  pathOf: (file: string) => string,
): Promise<void> {
  const { globals, version, words, out } = context;
  const { language } = words;
  const json = `${JSON.stringify(resultJson(context.command, result, words), undefined, 2)}\n`;
  if (globals.report !== undefined) await writeText(globals.report, json);
  if (format === "json") out.write(json);
  else if (format === "sarif") {
    out.write(`${JSON.stringify(sarifOf(result.findings, { version, language, pathOf }), undefined, 2)}\n`);
  } else {
    const { shown, rest } = format === "github" ? mostTelling(result.findings) : { shown: [], rest: result.findings };
    for (const finding of shown) out.write(`${annotationOf(finding, pathOf, language)}\n`);
    if (shown.length > 0 && rest.length > 0) out.write(`${words.text("lint-report.more", { count: rest.length })}\n`);
    for (const line of findingLines(rest, words, context.paint.out)) out.write(`${line}\n`);
    tellCounts(context, result);
  }
}

function resultJson(command: string, { files, findings, counts, failed }: LintResult, { language }: Words): object {
  const told = findings.map((finding) => {
    const { rule, severity, place, link } = finding;
    return { rule, severity, ...place, ...findingWords(finding, language), link };
  });
  return { version: 1, command, ok: !failed, files, counts, findings: told };
}

function tellCounts({ words, err, paint }: Context, { files, findings, counts }: LintResult): void {
  const { error: errors, warning: warnings, info: infos } = counts;
  const line =
    findings.length === 0
      ? `${paint.err("green", "✓")} ${words.text("lint-report.fine", { files: files.length })}`
      : words.text("lint-report.counts", { errors, warnings, infos, files: files.length });
  err.write(`${line}\n`);
}
