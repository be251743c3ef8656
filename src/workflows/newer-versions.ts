import semver from "semver";
import { failure } from "../words/error.ts";
import { ACTION_RELEASES, type ActionName, type ActionRelease, type ActionVersion } from "./versions.ts";

/** What becomes of one action. */
export interface VersionChange {
  readonly action: string;
  readonly from: string;
  readonly to: string;
  /** `held`: its inputs may have changed, and nobody has said that it may go there. */
  readonly state: "taken" | "held";
}

export interface NewerVersions {
  /** All that are known now, in the order that they were known in. */
  readonly versions: readonly ActionVersion[];
  readonly changes: readonly VersionChange[];
}

/** The release of an action that workflows use: the one that Slipway came with, or what a project has that is newer. */
export function releaseInUse(action: ActionName, own: readonly ActionVersion[]): ActionRelease {
  const known = ACTION_RELEASES[action];
  const other = own.find((one) => one.action === action);
  return other !== undefined && semver.gt(other.version, known.version) ? other : known;
}

/** Of two lists of versions the newer of each action of the first: what Slipway came with, and what a project has. */
export function newestVersions(
  known: readonly ActionVersion[],
  others: readonly ActionVersion[],
): readonly ActionVersion[] {
  return known.map((one) => {
    const other = others.find(({ action }) => action === one.action);
    return other !== undefined && semver.gt(other.version, one.version) ? other : one;
  });
}

/**
 * Moves actions to newer versions, never to older ones.
 * @param majors whether an action may go to another major version
 * @throws ACTION_TAG_MOVED where a version is another commit than the one that is known: tags of releases do not move
 */
export function takeNewer(
  known: readonly ActionVersion[],
  found: readonly ActionVersion[],
  majors: boolean,
): NewerVersions {
  const changes: VersionChange[] = [];
  const versions = known.map((now) => {
    const next = found.find(({ action }) => action === now.action);
    if (next === undefined) return now;
    const order = semver.compare(next.version, now.version);
    if (order === 0 && next.commit !== now.commit) {
      const { action, version } = now;
      throw failure("ACTION_TAG_MOVED", { action, version, was: now.commit, is: next.commit });
    }
    if (order <= 0) return now;
    const isHeld = semver.major(next.version) !== semver.major(now.version) && !majors;
    changes.push({
      action: now.action,
      from: now.version,
      to: next.version,
      state: isHeld ? "held" : "taken",
    });
    return isHeld ? now : next;
  });
  return { versions, changes };
}
