import { layoutTag } from "../../release/edition.ts";
import { outletsNamed } from "../../release/outlets.ts";
import { pushNamed } from "../../release/release.ts";
import { remark } from "../../release/remark.ts";
import { failure } from "../../words/error.ts";
import type { Context, Input, Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { type Notifier, withNotifier } from "../notify/notifier.ts";
import { carryOut, nothingToDo, type Work } from "../publish/carry-out.ts";
import { unchanged } from "../publish/changes.ts";
import { showRun } from "../publish/dry-run.ts";
import { notifyingOf } from "../publish/notifying.ts";
import { openRun } from "../publish/open-run.ts";
import { type OpenedProject, openProject } from "../publish/project.ts";
import type { pushOptions } from "../publish-options.ts";

/** Pushes the image to all registries of the configuration, or to those named, side by side. */
export const run: Run<typeof pushOptions> = async (context, input) => {
  const { positional, options } = input;
  checkDryRun(options);
  const [named = ""] = positional;
  if (options.primary && positional.length > 0) throw failure("OPTIONS_CONFLICT", { one: "--primary", other: named });
  const opened = await openProject(context, "problem");
  outletsNamed(opened.registries, positional);
  return await withNotifier(context, notifyingOf(opened, "push", options), (notifier) =>
    push(context, opened, input, notifier),
  );
};

async function push(
  context: Context,
  opened: OpenedProject,
  { positional, options }: Input<typeof pushOptions>,
  notifier: Notifier | undefined,
): Promise<number> {
  const { allowDirty, dryRun, limitRate, detailedExitcode } = options;
  const settings = {
    version: options.for,
    allowDirty,
    dryRun,
    limitRate,
    registries: "needed",
    release: false,
  } as const;
  await using run = await openRun(context, opened, settings);
  const { name, edition, primary } = {
    name: opened.project.name,
    edition: run.run.edition,
    primary: run.run.outlets[0],
  };
  const names = options.primary && primary !== undefined ? [primary.name] : positional;
  const idle = await unchanged(context, run.run.project, run.here, edition.version);
  if (dryRun) return await showRun(context, run, "push", { detailedExitcode, outlets: names, idle });
  const words = [
    "slipway push",
    ...(options.primary ? ["--primary"] : positional),
    ...(options.for === undefined ? [] : ["--for", options.for]),
    ...(allowDirty ? ["--allow-dirty"] : []),
  ];
  const pushing: Work = async (work, keep) => {
    if (idle !== undefined) return nothingToDo(work, idle);
    const pushed = await pushNamed(work, names, keep);
    const said = remark("publish.pushed", { name, tag: layoutTag(edition), digest: pushed.digest });
    const tags = edition.floating.map((tag) => tag.name).join(", ");
    const later = remark("publish.floating-later", { tags, version: edition.version ?? "" });
    return { ...pushed, said, ...(edition.floating.length > 0 && { also: [later] }) };
  };
  return await carryOut(context, run, words.join(" "), pushing, { work: "push", notifier });
}
