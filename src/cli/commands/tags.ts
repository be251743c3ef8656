import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { printable } from "../output/width.ts";
import { sourceAt } from "../places.ts";
import { openSession } from "../session.ts";
import { settingsHere } from "../settings.ts";

/**
 * Prints the tags of a repository as they come, one a line; with `--json` all as one list.
 * @throws REPOSITORY_EXPECTED for one image, REPOSITORY_UNKNOWN
 */
export const run: Run<NoOptions> = async (context, { positional: [text = ""] }) => {
  const { globals, out } = context;
  await using session = await openSession(context, await settingsHere(context));
  const { target, named } = await sourceAt(session, text);
  if (named !== undefined) throw failure("REPOSITORY_EXPECTED", { text, repository: target.name });
  let isThere = false;
  const all: string[] = [];
  for await (const page of target.tags()) {
    context.signal.throwIfAborted();
    isThere = true;
    if (globals.json) all.push(...page);
    else out.write(page.map((tag) => `${printable(tag)}\n`).join(""));
  }
  if (!isThere) {
    const { store: host, repository } = target;
    const { origin } = await session.credentials.credential(host, repository);
    throw failure("REPOSITORY_UNKNOWN", { host, repository, origin });
  }
  if (globals.json) out.write(`${JSON.stringify({ name: target.name, tags: all }, undefined, 2)}\n`);
  return EXIT.done;
};
