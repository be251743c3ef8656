/** Runs as docker/metadata-action's tests know them. For tests only. */
import type { Surroundings } from "./surroundings.ts";

const DATE = new Date("2020-01-10T00:30:00.000Z");

export const SHA_OF_DEV = "860c1904a1ce19322e91ac35af1ab07466440c37";
export const SHA_OF_MASTER = "266574110acf203503badf966df2ea24b5d732d7";
export const SHA_OF_PULL = "a9c8c5828b91be19d9728548b24759e352367ef1";

const repository = {
  now: DATE,
  commitDate: DATE,
  defaultBranch: "master",
  repositoryUrl: "https://github.com/octocat/Hello-World",
  title: "Hello-World",
  description: "This your first repo!",
  licenses: "MIT",
} as const;

export const nothingKnown: Surroundings = { now: DATE };

export function branch(name: string, revision = SHA_OF_DEV): Surroundings {
  return { ...repository, event: "push", ref: { kind: "branch", name }, revision };
}

export const dev = branch("dev");
export const master = branch("master", SHA_OF_MASTER);
export const dispatched: Surroundings = { ...branch("master"), event: "manual" };
export const scheduled: Surroundings = { ...branch("master"), event: "schedule" };

/** The push of a git tag. */
export function tagged(name: string): Surroundings {
  return {
    ...repository,
    event: "tag",
    ref: { kind: "tag", name },
    revision: SHA_OF_DEV,
    baseRef: "refs/heads/master",
  };
}

export function pull(revision = SHA_OF_PULL): Surroundings {
  return { ...repository, event: "pull-request", ref: { kind: "pull", number: 15 }, revision, baseRef: "master" };
}

/** A release of a version by name, on no ref. */
export function releasing(version: string): Surroundings {
  return { ...repository, event: "release", version, revision: SHA_OF_DEV };
}
