import { fetchPackage, unpackPackage } from "../../release/package.ts";
import { remark } from "../../release/remark.ts";
import type { Context, Input, Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { carryOut } from "../publish/carry-out.ts";
import { openRun } from "../publish/open-run.ts";
import { openProject } from "../publish/project.ts";
import { showSource } from "../publish/show-source.ts";
import type { downloadOptions } from "../publish-options.ts";

/** Fetches the package that the configuration names. */
export const run: Run<typeof downloadOptions> = (context, input) => bring(context, input, "download");

/** Brings the package as far as a step says. */
export async function bring(
  context: Context,
  { options }: Input<typeof downloadOptions>,
  step: "download" | "unpack",
): Promise<number> {
  checkDryRun(options);
  const opened = await openProject(context, "no-logins");
  const { dryRun, detailedExitcode } = options;
  if (dryRun) return showSource(context, opened, step, options.for, detailedExitcode);
  const settings = { version: options.for, allowDirty: true, dryRun, registries: "none", release: false } as const;
  await using run = await openRun(context, opened, settings);
  const next = `slipway ${step}${options.for === undefined ? "" : ` --for ${options.for}`}`;
  return await carryOut(context, run, next, async (work) => {
    const fetched = await fetchPackage(work);
    if (fetched !== undefined && step === "unpack") await unpackPackage(work, fetched);
    return { said: remark("publish.ready", {}) };
  });
}
