import { keepsPullRequestsOut, runsAnyway } from "./condition.ts";
import { type Job, type Step, triggerOf, type Workflow, withNeeds } from "./workflow.ts";

/** Whether a pull request can come to a job, or to one of its steps: no condition on the way keeps it out. */
export function isReachedByPullRequest(workflow: Workflow, job: Job, step?: Step): boolean {
  if (triggerOf(workflow, "pull_request") === undefined && triggerOf(workflow, "pull_request_target") === undefined) {
    return false;
  }
  if (keepsPullRequestsOut(job.condition) || keepsPullRequestsOut(step?.condition)) return false;
  return runsAnyway(job.condition) || withNeeds(workflow, job).every((one) => !keepsPullRequestsOut(one.condition));
}
