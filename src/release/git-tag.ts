import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import { fillVersion, versionInTag } from "./version-template.ts";

/** Where the configuration says nothing of the git tag. */
export const DEFAULT_GIT_TAG = "v{{version}}";

/** The git tag of a version. @throws TEMPLATE_SLOT_UNKNOWN */
export function gitTagOf(settings: ReleaseSettings | undefined, version: string): string {
  return fillVersion(settings?.tag ?? DEFAULT_GIT_TAG, version, "release.tag");
}

/** The version that a git tag stands for; undefined where it is none of this project's. */
export function versionOfGitTag(settings: ReleaseSettings | undefined, tag: string): string | undefined {
  return versionInTag(tag, settings?.tag ?? DEFAULT_GIT_TAG);
}
