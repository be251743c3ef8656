import type { Context, Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import { requireConfigFile } from "../settings.ts";
import { makeSite } from "../site/site-files.ts";
import { bringSite, type SiteChanges } from "../site/site-folder.ts";
import type { siteBuildOptions } from "../site-options.ts";

const USUAL_FOLDER = "site";

/** Writes the pages for deployers into a folder that any file server can serve. Asks nobody, and needs no secrets. */
export const run: Run<typeof siteBuildOptions> = async (context, { options }) => {
  const { files } = await makeSite(requireConfigFile(context), options.status, context);
  const folder = options.out ?? USUAL_FOLDER;
  const changes = await bringSite(folder, files);
  await tellResult(context, { version: 1, command: context.command, ok: true, folder, ...changes });
  if (!context.globals.json) tell(folder, changes, context);
  return EXIT.done;
};

function tell(folder: string, { written, unchanged, removed }: SiteChanges, { words, err, paint }: Context): void {
  const counts = { written: written.length, unchanged: unchanged.length, removed: removed.length };
  err.write(`${paint.err("green", "✓")} ${words.text("site.built", { folder: printable(folder), ...counts })}\n`);
}
