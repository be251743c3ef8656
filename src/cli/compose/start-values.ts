import { existsSync } from "node:fs";
import { readSource } from "../../config/reading/source.ts";
import type { ComposeForm } from "../../site/compose/form.ts";
import { type ImportedAnswers, importFile, problemText } from "../../site/compose/index.ts";
import type { Source } from "../../site/model.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import type { ComposeOptions } from "../compose-options.ts";
import { noticeLine } from "../progress/describe.ts";

/**
 * The answers of the file that `--from` names, secrets of its `.env` among them; what the form cannot say is told.
 * @throws COMPOSE_FILE_UNFIT, CONFIG_UNREADABLE
 */
export function startValues(
  form: ComposeForm,
  sources: readonly Source[],
  { from, secretsFile }: ComposeOptions,
  { words, err, paint }: Context,
): Partial<ImportedAnswers> {
  if (from === undefined) return {};
  const { file, text } = readSource(from);
  const env = secretsFile !== undefined && existsSync(secretsFile) ? readSource(secretsFile).text : "";
  const result = importFile(form, text, { sources, env });
  if (result.kind === "problems") {
    const reason = result.problems.map((problem) => problemText(problem, words.language)).join("; ");
    throw failure("COMPOSE_FILE_UNFIT", { file, reason });
  }
  for (const problem of result.unread) {
    const told = words.text("compose.unread", { file, reason: problemText(problem, words.language) });
    err.write(`${noticeLine("warn", told, { words, paint: paint.err })}\n`);
  }
  return result.answers;
}
