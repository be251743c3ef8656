import { layoutTag } from "../../release/edition.ts";
import { buildImage, readyImage } from "../../release/image.ts";
import { bringPackage } from "../../release/package.ts";
import { preflight } from "../../release/preflight.ts";
import { remark } from "../../release/remark.ts";
import type { Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { carryOut, nothingToDo } from "../publish/carry-out.ts";
import { unchanged } from "../publish/changes.ts";
import { showRun } from "../publish/dry-run.ts";
import { openRun } from "../publish/open-run.ts";
import { openProject } from "../publish/project.ts";
import type { buildOptions } from "../publish-options.ts";

/** Builds the image into the local layout, after what the build needs; not where a registry has the version already. */
export const run: Run<typeof buildOptions> = async (context, { options }) => {
  checkDryRun(options);
  const opened = await openProject(context, "no-logins");
  const { allowDirty, dryRun, detailedExitcode } = options;
  const registries = options.force ? "none" : "known";
  const settings = { version: options.for, allowDirty, dryRun, registries, release: false } as const;
  await using run = await openRun(context, opened, settings);
  const { project, edition } = run.run;
  const idle = options.force ? undefined : await unchanged(context, project, run.here, edition.version);
  if (dryRun) return await showRun(context, run, "build", { detailedExitcode, idle });
  return await carryOut(context, run, nextOf(options.for), async (work) => {
    if (idle !== undefined) return nothingToDo(work, idle);
    const layout = ".slipway/layout";
    const { digest } = options.force ? await buildAnew(work) : await readyImage(work, await preflight(work, []));
    const facts = { digest, layout: `oci:${layout}`, tag: layoutTag(work.edition) };
    return { digest, said: remark("publish.built", facts) };
  });

  async function buildAnew(work: Parameters<typeof buildImage>[0]) {
    await bringPackage(work);
    return { digest: await buildImage(work) };
  }
};

function nextOf(version: string | undefined): string {
  return version === undefined ? "slipway build" : `slipway build --for ${version}`;
}
