import type { FloatingTag } from "../../metadata/index.ts";
import { type Edition, editionOf } from "../edition.ts";
import { branchSample, pullSample, releaseSample, scheduleSample } from "../sample-runs.ts";
import type { ContractMaterial } from "./material.ts";

/** What the page shows everything by. */
export const VERSION = "1.2.3";
export const PRERELEASE = "1.3.0-rc.1";
export const BRANCH = "main";
export const PULL = 15;
/** A new line, and a patch of the line before it that comes later. */
export const NEWER = "1.3.0";
export const OLDER = "1.2.4";

/** The runs that tags are shown for. */
export const RUNS = ["release", "prerelease", "branch", "pull", "schedule"] as const;
export type SampleRun = (typeof RUNS)[number];

export function sampleOf(run: SampleRun, { publishing: { release } }: Pick<ContractMaterial, "publishing">) {
  switch (run) {
    case "release":
      return releaseSample(VERSION, release);
    case "prerelease":
      return releaseSample(PRERELEASE, release);
    case "branch":
      return branchSample(BRANCH);
    case "pull":
      return pullSample(PULL);
    case "schedule":
      return scheduleSample();
  }
}

export function versionEdition({ publishing }: Pick<ContractMaterial, "publishing">, version: string): Edition {
  return editionOf(publishing, releaseSample(version, publishing.release));
}

export function runEdition(material: Pick<ContractMaterial, "publishing">, run: SampleRun): Edition {
  return editionOf(material.publishing, sampleOf(run, material));
}

/** The tag that a version is deployed by. */
export function deployTag({ fixed, floating, moving }: Edition): string {
  return fixed[0] ?? [...floating, ...moving].map((tag: FloatingTag) => tag.name)[0] ?? VERSION;
}
