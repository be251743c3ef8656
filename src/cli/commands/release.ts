import { layoutTag } from "../../release/edition.ts";
import { type KeepOutcomes, type Published, release } from "../../release/release.ts";
import { remark } from "../../release/remark.ts";
import type { Run as ReleaseRun } from "../../release/run.ts";
import type { Context, Input, Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { type Notifier, withNotifier } from "../notify/notifier.ts";
import { carryOut, type Work } from "../publish/carry-out.ts";
import { showRun } from "../publish/dry-run.ts";
import { notifyingOf } from "../publish/notifying.ts";
import { openRun } from "../publish/open-run.ts";
import { type OpenedProject, openProject } from "../publish/project.ts";
import type { releaseOptions } from "../publish-options.ts";

/** The whole order: image everywhere, compared, then the GitHub Release, then the floating tags. */
export const run: Run<typeof releaseOptions> = (context, input) => bring(context, input, "release", release);

type Scope = "release" | "github-release";

type Bring = (run: ReleaseRun, keep: KeepOutcomes) => Promise<Published>;

/** The order as far as a command goes. */
export async function bring(
  context: Context,
  input: Input<typeof releaseOptions>,
  scope: Scope,
  work: Bring,
): Promise<number> {
  checkDryRun(input.options);
  const opened = await openProject(context, "problem");
  return await withNotifier(context, notifyingOf(opened, "release", input.options), (notifier) =>
    bringFrom(context, opened, input, { scope, work, notifier }),
  );
}

interface Bringing {
  readonly scope: Scope;
  readonly work: Bring;
  readonly notifier: Notifier | undefined;
}

async function bringFrom(
  context: Context,
  opened: OpenedProject,
  { positional, options }: Input<typeof releaseOptions>,
  { scope, work, notifier }: Bringing,
): Promise<number> {
  const [version] = positional;
  const { allowDirty, dryRun, limitRate, detailedExitcode } = options;
  const settings = { version, allowDirty, dryRun, limitRate, registries: "needed", release: true } as const;
  await using run = await openRun(context, opened, settings);
  if (dryRun) return await showRun(context, run, scope, { detailedExitcode });
  const { edition } = run.run;
  const next = `slipway ${scope} ${edition.version}${allowDirty ? " --allow-dirty" : ""}`;
  const bringing: Work = async (one, keep) => {
    const published = await work(one, keep);
    const missing = run.run.outlets
      .filter((outlet) => !published.served.some((served) => served.outlet.name === outlet.name))
      .map(({ name }) => name);
    const facts = { name: opened.project.name, tag: layoutTag(edition), digest: published.digest };
    const said =
      missing.length === 0
        ? remark("publish.fine", facts)
        : remark("publish.partly", { ...facts, missing: missing.join(", ") });
    return { ...published, said };
  };
  return await carryOut(context, run, next, bringing, { work: "release", notifier });
}
