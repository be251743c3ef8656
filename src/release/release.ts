import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import type { Outcome } from "../copy/outcome.ts";
import type { Digest } from "../oci/digest.ts";
import { failure } from "../words/error.ts";
import type { WantedFile } from "./assets.ts";
import { floatingStep } from "./floating-step.ts";
import { bringRelease } from "./github-release.ts";
import { readyImage } from "./image.ts";
import { outletsNamed } from "./outlets.ts";
import { preflight } from "./preflight.ts";
import type { Served } from "./push.ts";
import { pushStep } from "./push-step.ts";
import { releaseAssets } from "./release-assets.ts";
import { remark } from "./remark.ts";
import type { ReleasePlaceOf, Run } from "./run.ts";
import { skipped } from "./step.ts";
import { wantedRelease } from "./wanted-release.ts";

/** What a run has brought about. */
export interface Published {
  readonly digest: Digest;
  readonly served: readonly Served[];
  /** The release's page. */
  readonly url?: string;
}

/** Hears of pushes as soon as they are over. */
export type KeepOutcomes = (outcomes: readonly Outcome[]) => void;

/**
 * The order of a release. Each step observes, compares, then acts, so that running it again goes on where it stopped,
 * on whichever machine. Nothing at GitHub is touched before every required registry serves the digest, and no floating
 * tag moves before the release is out.
 * @throws the first failure that may not be passed over; `run.steps` has what became of everything
 */
export async function release(run: Run, keep: KeepOutcomes): Promise<Published> {
  const published = await releaseOnGitHub(run, keep);
  await floatingStep(run, published.served);
  return published;
}

/** Everything up to the release's publication; the floating tags stay where they are. @throws as {@link release} */
export async function releaseOnGitHub(run: Run, keep: KeepOutcomes): Promise<Published> {
  const { version } = run.edition;
  if (version === undefined) throw failure("VERSION_NEEDED", { where: "`release`" });
  const image = await readyImage(run, await preflight(run, run.outlets));
  const settings = run.project.publishing.release;
  const place = run.release;
  if (settings === undefined || place === undefined) {
    const { served } = await pushStep(run, image, run.outlets, keep);
    await run.steps.add({ step: "publish", ...skipped(remark("remark.release.none", {})) });
    return { digest: image.digest, served };
  }
  const assets = await run.steps.failing("assets", () => releaseAssets(run, settings, place, version));
  const { served } = await pushStep(run, image, run.outlets, keep);
  const url = await releaseStep(run, { settings, place, version, assets, served });
  return { digest: image.digest, served, url };
}

/** The image at these outlets, all where none is named. @throws as {@link release} */
export async function pushNamed(run: Run, names: readonly string[], keep: KeepOutcomes): Promise<Published> {
  const outlets = outletsNamed(run.outlets, names);
  const image = await readyImage(run, await preflight(run, outlets));
  const { served } = await pushStep(run, image, outlets, keep);
  return { digest: image.digest, served };
}

interface ReleaseParts {
  readonly settings: ReleaseSettings;
  readonly place: ReleasePlaceOf;
  readonly version: string;
  readonly assets: readonly WantedFile[];
  readonly served: readonly Served[];
}

/** Step 6: draft, assets, publication. @returns the release's page */
async function releaseStep(run: Run, { settings, place, ...material }: ReleaseParts): Promise<string> {
  const { project, edition, outlets, effects, steps, pause } = run;
  const { github, isSameRepository } = place;
  const target = (isSameRepository ? edition.revision : undefined) ?? (await github.rights()).defaultBranch;
  const wanted = await wantedRelease(settings, { ...material, outlets, folder: project.folder, target });
  const { htmlUrl } = await bringRelease(wanted, { github, effects, steps, ...(pause !== undefined && { pause }) });
  return htmlUrl;
}
