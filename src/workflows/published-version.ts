import semver from "semver";
import type { GitHub } from "../github/index.ts";
import { failure } from "../words/error.ts";
import type { ActionVersion } from "./versions.ts";

/**
 * The newest release of an action, and the commit that its tag stands for.
 * @param github opened for the action's repository
 * @throws ACTION_RELEASE_MISSING, GITHUB_*
 */
export async function publishedVersion(
  action: string,
  github: Pick<GitHub, "latestRelease" | "tagOf">,
): Promise<ActionVersion> {
  const version = (await github.latestRelease())?.tag;
  const commit = version === undefined || semver.valid(version) === null ? undefined : await github.tagOf(version);
  if (version === undefined || commit === undefined) throw failure("ACTION_RELEASE_MISSING", { action });
  return { action, version, commit };
}
