import { baseOf, type ChangeEvent, changedFiles, matchingChanges, parseFilter } from "../../changes/index.ts";
import type { ActionsRun } from "../../github/index.ts";
import { type Remark, remark } from "../../release/remark.ts";
import type { Project } from "../../release/run.ts";
import type { Context } from "../command.ts";
import type { Here } from "./surroundings.ts";

/**
 * Why there is nothing to build: none of the files that `build.paths` means has changed since what the run of Actions
 * compares with. Undefined where something has, where nobody says what to compare with, and for versions, which always
 * need an image.
 */
export async function unchanged(
  { environment }: Context,
  { folder, publishing: { build } }: Project,
  { actions }: Here,
  version: string | undefined,
): Promise<Remark | undefined> {
  if (build?.paths === undefined || version !== undefined || actions === undefined) return undefined;
  const comparison = baseOf(changeEvent(actions));
  if (comparison.kind === "all") return undefined;
  const changes = await changedFiles(folder, comparison, { env: environment });
  const matching = matchingChanges(parseFilter(build.paths, build.pathsMatch), changes);
  return matching.length > 0 ? undefined : remark("remark.build.unchanged", { base: comparison.base.slice(0, 12) });
}

/** What a run of Actions measures changes from. */
export function changeEvent({ event, ref }: ActionsRun): ChangeEvent {
  switch (event.kind) {
    case "pull_request":
      return { kind: "pull-request", baseSha: event.baseSha };
    case "push":
      return ref.startsWith("refs/tags/") ? { kind: "tag" } : { kind: "push", before: event.before };
    case "schedule":
      return { kind: "schedule" };
    case "release":
      return { kind: "release" };
    default:
      return { kind: "manual" };
  }
}
