import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import type { Surroundings } from "../metadata/index.ts";
import { gitTagOf } from "./git-tag.ts";

/** What every sample has: always the same, so that what is told by samples is. */
const SAMPLE = {
  now: new Date("2026-01-21T08:30:00Z"),
  commitDate: new Date("2026-01-21T08:00:00Z"),
  revision: "1f6c2e9b07d84a35c1e0f9a2b7d6483c5e1a0f42",
  defaultBranch: "main",
} as const satisfies Surroundings;

/** Runs as they happen to any project, to show what rules make of them. */
export function releaseSample(version: string, release: ReleaseSettings | undefined): Surroundings {
  return { ...SAMPLE, event: "tag", version, ref: { kind: "tag", name: gitTagOf(release, version) } };
}

export function branchSample(name: string): Surroundings {
  return { ...SAMPLE, event: "push", ref: { kind: "branch", name } };
}

export function pullSample(number: number): Surroundings {
  return { ...SAMPLE, event: "pull-request", ref: { kind: "pull", number }, baseRef: "main" };
}

/** By the clock, on the default branch. */
export function scheduleSample(): Surroundings {
  return { ...SAMPLE, event: "schedule", ref: { kind: "branch", name: "main" } };
}
