import { failure } from "../../words/error.ts";
import { floatingStep } from "../floating-step.ts";
import { bringRelease } from "../github-release.ts";
import { readyImage } from "../image.ts";
import { preflight } from "../preflight.ts";
import { pushImage, type ReadyImage, type Served } from "../push.ts";
import { pushStep } from "../push-step.ts";
import { type KeepOutcomes, pushNamed, releaseOnGitHub } from "../release.ts";
import { releaseAssets } from "../release-assets.ts";
import type { Run } from "../run.ts";
import { wantedRelease } from "../wanted-release.ts";

/** Releases first, of what the registries shall have. */
export async function draftFirst(run: Run, keep: KeepOutcomes): Promise<void> {
  const image = await readyImage(run, await preflight(run, run.outlets));
  await releaseOf(run, expectedAt(run, image));
  await pushStep(run, image, run.outlets, keep);
}

/** Believes what registries say to pushes. */
export async function withoutCompare(run: Run): Promise<void> {
  const image = await readyImage(run, await preflight(run, run.outlets));
  await releaseOf(run, await pushed(run, image, "kept"));
}

export async function floatingFirst(run: Run, keep: KeepOutcomes): Promise<void> {
  const { served } = await pushNamed(run, [], keep);
  await floatingStep(run, served);
  await releaseOnGitHub(run, keep);
}

/** Builds without having looked anywhere. */
export async function builtAnew(run: Run, keep: KeepOutcomes): Promise<void> {
  await pushStep(run, await readyImage(run, { kind: "build" }), run.outlets, keep);
}

/** Builds, and puts that over whatever is there. */
export async function boldOrder(run: Run): Promise<void> {
  await pushed(run, await readyImage(run, { kind: "build" }), "overwritten");
}

async function pushed(run: Run, image: ReadyImage, existing: "kept" | "overwritten"): Promise<readonly Served[]> {
  const { effects, signal, patience, outlets, edition } = run;
  const options = { effects, signal, existing, spool: await run.spool(), ...(patience !== undefined && { patience }) };
  return (await pushImage(image, outlets, edition.fixed, options)).served;
}

function expectedAt({ outlets }: Run, { digest }: ReadyImage): readonly Served[] {
  return outlets.map((outlet) => ({ outlet, digest }));
}

/** Draft, assets and publication for what is said to be served. */
async function releaseOf(run: Run, served: readonly Served[]): Promise<void> {
  const { project, release: place, edition, outlets, effects, steps, pause } = run;
  const settings = project.publishing.release;
  const { version, revision } = edition;
  if (settings === undefined || place === undefined || version === undefined || revision === undefined) {
    throw failure("VERSION_NEEDED", { where: "the simulation" });
  }
  const assets = await releaseAssets(run, settings, place, version);
  const material = { folder: project.folder, version, outlets, served, assets, target: revision };
  const wanted = await wantedRelease(settings, material);
  await bringRelease(wanted, { github: place.github, effects, steps, ...(pause !== undefined && { pause }) });
}
