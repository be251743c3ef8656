import { formatPlace } from "../../../config/reading/place.ts";
import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { runsAnyway } from "../model/condition.ts";
import { imagePushes, type Publication, releasesMade } from "../model/publications.ts";
import { type Workflow, withNeeds } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** The image first: a release must not tell of an image that nobody can pull. */
export const releaseBeforeImage: Rule = {
  name: "release-before-image",
  severity: "error",
  link: "https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-jobs",
  *check(workflow) {
    const pushes = imagePushes(workflow);
    for (const release of releasesMade(workflow)) {
      const hasFirst = pushes.some((push) => comesFirst(workflow, push, release));
      const late = pushes.find(
        (push) => !comesFirst(workflow, push, release) && !(hasFirst && isOfOtherRuns(push, release)),
      );
      if (late === undefined) continue;
      const facts = { release: release.what, push: late.what, where: formatPlace(late.place) };
      yield remark(release.place, "lint.release-before-image", facts);
    }
  },
};

/** Whether a release happens only once a push has succeeded. */
function comesFirst(workflow: Workflow, push: Publication, release: Publication): boolean {
  if (mayFail(push) || runsAnyway(release.step.condition)) return false;
  if (push.job === release.job) {
    if (push.step !== release.step) return push.step.at < release.step.at;
    return (
      push.place.line < release.place.line ||
      (push.place.line === release.place.line && push.place.column < release.place.column)
    );
  }
  return !runsAnyway(release.job.condition) && withNeeds(workflow, release.job).includes(push.job);
}

function mayFail({ job, step }: Publication): boolean {
  return [job.tree, step.tree].some((tree) => writtenOf(entryOf(tree, "continue-on-error")?.value)?.text === "true");
}

/** One for a branch, say, beside one for a version that the release does wait for. */
function isOfOtherRuns(push: Publication, release: Publication): boolean {
  const conditions = [push.job.condition, push.step.condition].filter((one) => one !== undefined);
  return conditions.some((one) => one !== release.job.condition && one !== release.step.condition);
}
