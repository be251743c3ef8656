import type { Context } from "../command.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import { noticeLine } from "../progress/describe.ts";
import type { PlannedFile } from "./files.ts";

/** Something worth saying: a name for programs, a line for people. */
export interface Said {
  readonly key: string;
  readonly text: string;
}

/** What an init came to. */
export interface Done {
  readonly files: readonly PlannedFile[];
  /** Set-ups that something was taken from. */
  readonly from: readonly string[];
  readonly said: readonly Said[];
  /** The commands to go on with. */
  readonly next: readonly string[];
}

/** Says what was written, or would be; as a report where that is asked for. A dry run shows the texts. */
export async function tellInit(context: Context, dryRun: boolean, done: Done): Promise<void> {
  const { globals, out, err, words, paint, command } = context;
  const { files, from, said, next } = done;
  for (const { text } of said) err.write(`${noticeLine("warn", printable(text), { words, paint: paint.err })}\n`);
  const told = files.map(({ path, change, text, added }) => ({
    path,
    change,
    ...(added !== undefined && { added }),
    ...(dryRun && { text }),
  }));
  await tellResult(context, { version: 1, command, ok: true, dryRun, files: told, from, notices: said, next });
  if (globals.json) return;
  if (dryRun) for (const { path, change, text } of files) if (change !== "leave") out.write(`# ${path}\n${text}\n`);
  if (from.length > 0) err.write(`${words.text("init.from", { files: from.map(printable).join(", ") })}\n`);
  for (const file of files) err.write(`${markOf(file, context)} ${file.path}  ${changeOf(file, dryRun, context)}\n`);
  err.write(`\n${words.text("init.next")}\n`);
  for (const line of next) err.write(`  ${paint.err("bold", line)}\n`);
}

function markOf({ change }: PlannedFile, { paint }: Context): string {
  return change === "leave" ? paint.err("dim", "=") : paint.err("green", "✓");
}

function changeOf({ change, added = [] }: PlannedFile, dryRun: boolean, { words }: Context): string {
  if (change === "leave") return words.text("init.leave");
  if (added.length > 0) return words.text(dryRun ? "init.would.add" : "init.added", { lines: added.join(" ") });
  if (change === "replace") return words.text(dryRun ? "init.would.replace" : "init.replaced");
  return words.text(dryRun ? "init.would.create" : "init.created");
}
