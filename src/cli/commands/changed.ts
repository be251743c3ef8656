import { baseOf, type ChangeEvent, changedFiles, matchingChanges, parseFilter } from "../../changes/index.ts";
import { setOutput } from "../../github/index.ts";
import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../output/width.ts";
import { changeEvent } from "../publish/changes.ts";
import { openProject } from "../publish/project.ts";
import { lookAround } from "../publish/surroundings.ts";
import type { changedOptions } from "../publish-options.ts";
import { configFile } from "../settings.ts";

/** Says whether files changed that the globs given, or those of `build.paths`, mean; also as the output `changed`. */
export const run: Run<typeof changedOptions> = async (context, { positional: globs, options }) => {
  const { command, environment, globals, words, out, err } = context;
  const hasConfig = configFile(context) !== undefined;
  const project = hasConfig
    ? (await openProject(context, "unwritten")).project
    : { folder: process.cwd(), name: "", publishing: {} };
  const { build } = project.publishing;
  const patterns = globs.length > 0 ? globs : build?.paths;
  if (patterns === undefined) throw failure("CHANGED_WITHOUT_PATHS", {});
  const filter = parseFilter(patterns, options.match ?? (globs.length > 0 ? undefined : build?.pathsMatch));
  const { actions } = await lookAround(context, project);
  const local: ChangeEvent = { kind: "local", ...(options.base !== undefined && { base: options.base }) };
  const event = actions === undefined || options.base !== undefined ? local : changeEvent(actions);
  if (event.kind === "local" && event.base === undefined) throw failure("CHANGED_WITHOUT_BASE", {});
  const comparison = baseOf(event);
  const changes = await changedFiles(project.folder, comparison, { env: environment });
  const matching = matchingChanges(filter, changes);
  const changed = matching.length > 0;
  await setOutput(environment, "changed", String(changed));
  if (globals.json) {
    const facts = { version: 1, command, ok: true, changed, comparison, files: matching };
    out.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return EXIT.done;
  }
  for (const { path } of matching) out.write(`${printable(path)}\n`);
  const line = changed
    ? words.text("changed.yes", { count: matching.length })
    : words.text("changed.no", { count: changes.length });
  err.write(`${line}\n`);
  return EXIT.done;
};
