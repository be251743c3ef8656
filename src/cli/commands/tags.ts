import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { printable } from "../output/width.ts";
import { sourceAt } from "../places.ts";
import { openSession } from "../session.ts";
import { settingsHere } from "../settings.ts";

/** Prints the tags of a repository as they come, one a line; with `--json` all as one list. */
export const run: Run<NoOptions> = async (context, { positional: [text = ""] }) => {
  const { globals, out } = context;
  await using session = await openSession(context, settingsHere(context));
  const { target } = await sourceAt(session, text);
  const all: string[] = [];
  for await (const page of target.tags()) {
    context.signal.throwIfAborted();
    if (globals.json) all.push(...page);
    else out.write(page.map((tag) => `${printable(tag)}\n`).join(""));
  }
  if (globals.json) out.write(`${JSON.stringify({ name: target.name, tags: all }, undefined, 2)}\n`);
  return EXIT.done;
};
