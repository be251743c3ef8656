import { layoutTag } from "../../release/edition.ts";
import { outletsNamed } from "../../release/outlets.ts";
import { pushNamed } from "../../release/release.ts";
import { remark } from "../../release/remark.ts";
import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { carryOut, nothingToDo } from "../publish/carry-out.ts";
import { unchanged } from "../publish/changes.ts";
import { showRun } from "../publish/dry-run.ts";
import { openRun } from "../publish/open-run.ts";
import { openProject } from "../publish/project.ts";
import type { pushOptions } from "../publish-options.ts";

/** Pushes the image to all registries of the configuration, or to those named, side by side. */
export const run: Run<typeof pushOptions> = async (context, { positional, options }) => {
  checkDryRun(options);
  const [named = ""] = positional;
  if (options.primary && positional.length > 0) throw failure("OPTIONS_CONFLICT", { one: "--primary", other: named });
  const opened = await openProject(context, "problem");
  outletsNamed(opened.registries, positional);
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
  const words = ["slipway push", ...positional, ...(options.for === undefined ? [] : ["--for", options.for])];
  return await carryOut(context, run, words.join(" "), async (work, keep) => {
    if (idle !== undefined) return nothingToDo(work, idle);
    const pushed = await pushNamed(work, names, keep);
    const said = remark("publish.pushed", { name, tag: layoutTag(edition), digest: pushed.digest });
    const tags = edition.floating.map((tag) => tag.name).join(", ");
    const later = remark("publish.floating-later", { tags, version: edition.version ?? "" });
    return { ...pushed, said, ...(edition.floating.length > 0 && { also: [later] }) };
  });
};
