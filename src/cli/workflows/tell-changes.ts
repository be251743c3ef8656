import { join } from "node:path";
import { failure } from "../../words/error.ts";
import type { FileChange } from "../../workflows/write/compare.ts";
import type { Context } from "../command.ts";
import { EXIT } from "../exit.ts";
import { failureJson, failureLines } from "../output/failure.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";

/** What became, or would become, of the files of a folder. */
export interface WorkflowChanges {
  readonly folder: string;
  readonly changes: readonly FileChange[];
}

/** Tells what was written, or would be. */
export async function tellChanges(context: Context, { folder, changes }: WorkflowChanges, dry: boolean): Promise<void> {
  const { command, globals, words, err, paint } = context;
  await tellResult(context, { version: 1, command, ok: true, files: changes.map((change) => json(folder, change)) });
  if (globals.json) return;
  for (const { name, state } of changes) {
    const file = printable(join(folder, name));
    const text =
      state === "unchanged" || !dry ? (`workflows.${state}` as const) : (`workflows.would.${state}` as const);
    const sign = state === "unchanged" ? paint.err("dim", "=") : paint.err("green", dry ? "→" : "✓");
    err.write(`${sign} ${words.text(text, { file })}\n`);
  }
}

/** Tells that files are not what they should be, each with its first line that is not. @returns the exit code */
export async function tellOutdated(context: Context, { folder, changes }: WorkflowChanges): Promise<number> {
  const { command, globals, words, out, err, paint } = context;
  const outdated = changes.filter(({ state }) => state !== "unchanged");
  const error = failure("WORKFLOWS_OUTDATED", { folder, files: outdated.map(({ name }) => name).join(", ") });
  const files = changes.map((change) => json(folder, change));
  await tellResult(context, { version: 1, command, ok: false, files, errors: [failureJson(error, words)] });
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  for (const line of failureLines([error], style)) err.write(`${line}\n`);
  if (globals.json) return EXIT.drift;
  for (const change of outdated) {
    const file = printable(join(folder, change.name));
    if (change.state === "removed") out.write(`${words.text("workflows.stale", { file })}\n`);
    if (change.state !== "new" && change.state !== "changed") continue;
    const { line, found, expected } = change.difference;
    out.write(`${words.text("workflows.line", { file, line })}\n`);
    if (found !== undefined) out.write(`${paint.out("red", `- ${printable(found)}`)}\n`);
    if (expected !== undefined) out.write(`${paint.out("green", `+ ${printable(expected)}`)}\n`);
  }
  return EXIT.drift;
}

function json(folder: string, change: FileChange): object {
  return { ...change, name: undefined, file: join(folder, change.name) };
}
