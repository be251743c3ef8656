import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { EXIT } from "../exit.ts";
import { failureJson, failureLines } from "../output/failure.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import type { MarkdownFile } from "./markdown-files.ts";

/** Tells what was written, and what was as it is to be. */
export async function tellMarkdown(files: readonly MarkdownFile[], context: Context): Promise<void> {
  const { command, globals, words, err, paint } = context;
  await tellResult(context, { version: 1, command, ok: true, files: files.map(json) });
  if (globals.json) return;
  for (const { file, state } of files) {
    const sign = state === "unchanged" ? paint.err("dim", "=") : paint.err("green", "✓");
    const text = state === "unchanged" ? "site.markdown.unchanged" : "site.markdown.written";
    err.write(`${sign} ${words.text(text, { file: printable(file) })}\n`);
  }
}

/** Tells which files are not in step, each with its first line that is not. @returns the exit code */
export async function tellOutdated(files: readonly MarkdownFile[], context: Context): Promise<number> {
  const { command, globals, words, out, err, paint } = context;
  const outdated = files.filter(({ state }) => state !== "unchanged");
  const error = failure("SITE_MARKDOWN_OUTDATED", { files: outdated.map(({ file }) => file).join(", ") });
  const errors = [failureJson(error, words)];
  await tellResult(context, { version: 1, command, ok: false, files: files.map(json), errors });
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  for (const line of failureLines([error], style)) err.write(`${line}\n`);
  if (globals.json) return EXIT.drift;
  for (const one of outdated) {
    if (one.state !== "changed") continue;
    const { line, found, expected } = one.difference;
    out.write(`${words.text("site.markdown.line", { file: printable(one.file), line })}\n`);
    if (found !== undefined) out.write(`${paint.out("red", `- ${printable(found)}`)}\n`);
    if (expected !== undefined) out.write(`${paint.out("green", `+ ${printable(expected)}`)}\n`);
  }
  return EXIT.drift;
}

function json(file: MarkdownFile): object {
  return { ...file, text: undefined };
}
