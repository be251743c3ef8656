import { readSource } from "../../config/reading/source.ts";
import { failure } from "../../words/error.ts";
import { pathFrom, repositoryRoot, workflowPaths } from "../../workflows/lint/files.ts";
import type { Severity } from "../../workflows/lint/finding.ts";
import { lintText } from "../../workflows/lint/lint-text.ts";
import type { Context, Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { lintContext } from "../lint/lint-context.ts";
import { tellFindings } from "../lint/tell-findings.ts";
import { tellRules } from "../lint/tell-rules.ts";
import type { LintFormat, lintOptions } from "../lint-options.ts";

/** Judges workflows and actions by the rules. Asks nobody, changes nothing, and needs no secrets. */
export const run: Run<typeof lintOptions> = async (context, { positional, options }) => {
  const format = formatOf(context, options.format);
  const here = process.cwd();
  if (options.rules) {
    const other = [options.format && `--format ${options.format}`, options.strict && "--strict", ...positional];
    const useless = other.find((one) => typeof one === "string");
    if (typeof useless === "string") throw failure("OPTIONS_CONFLICT", { one: "--rules", other: useless });
    await tellRules(context);
    return EXIT.done;
  }
  const root = repositoryRoot(here);
  const files = positional.length > 0 ? positional : workflowPaths(root).map((file) => pathFrom(here, file));
  if (files.length === 0) throw failure("LINT_WITHOUT_FILES", { folder: root });
  const known = lintContext(context);
  const findings = files.flatMap((file) => lintText(file, readSource(file).text, known));
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const counts = { error: count("error"), warning: count("warning"), info: count("info") };
  const failed = counts.error > 0 || (options.strict && counts.warning > 0);
  await tellFindings(context, format, { files, findings, counts, failed }, (file) => pathFrom(root, file));
  return failed ? EXIT.failed : EXIT.done;
};

/** `--json` is `--format json`. @throws OPTIONS_CONFLICT */
function formatOf({ globals }: Context, format: LintFormat | undefined): LintFormat {
  if (!globals.json) return format ?? "text";
  if (format === undefined || format === "json") return "json";
  throw failure("OPTIONS_CONFLICT", { one: "--json", other: `--format ${format}` });
}
