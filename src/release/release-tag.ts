import type { TagFate } from "../github/index.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import type { ReleasePlaceOf } from "./run.ts";

/** Whether a release can have its git tag. */
export type ReleaseTag =
  | { readonly kind: "usable"; readonly state: Exclude<TagFate["state"], "burned">; readonly reason: string }
  | { readonly kind: "unusable"; readonly error: SlipwayError };

/**
 * Looks at a release's git tag before anything is changed: whether it is on another commit, and whether an immutable
 * release that is gone has burned it, which a tag that is still there does not tell.
 * @param revision of the image, where it is known
 */
export async function releaseTag(
  { github, repository, isSameRepository }: ReleasePlaceOf,
  tag: string,
  revision: string | undefined,
): Promise<ReleaseTag> {
  const there = await github.tagOf(tag);
  const ours = isSameRepository ? revision : undefined;
  if (there !== undefined && ours !== undefined && there !== ours) {
    return { kind: "unusable", error: failure("GIT_TAG_ELSEWHERE", { tag, repository, there, ours }) };
  }
  const { state, reason } = await github.isBurned(tag, ours);
  if (state !== "burned") return { kind: "usable", state, reason };
  return { kind: "unusable", error: failure("TAG_BURNED", { host: repository, operation: `a release of ${tag}` }) };
}
