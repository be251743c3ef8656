import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { requires, runsAnyway } from "../model/condition.ts";
import { inputOf, type Job, triggerOf, usesAction, type Workflow, withNeeds } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** What each job has to ask before it trusts the run that woke it, and how it may be written. */
const GUARDS: readonly (readonly [shown: string, pattern: RegExp])[] = [
  ["github.event.workflow_run.conclusion == 'success'", /^github\.event\.workflow_run\.conclusion\s*==\s*'success'$/],
  [
    "github.event.workflow_run.event == 'push'",
    /^github\.event\.workflow_run\.event\s*(?:==\s*'(?:push|schedule|workflow_dispatch)'|!=\s*'pull_request')$/,
  ],
  [
    "github.event.workflow_run.head_repository.full_name == github.repository",
    /^(?:github\.event\.workflow_run\.head_repository\.(?:full_name\s*==\s*github\.repository|id\s*==\s*github\.repository_id|fork\s*==\s*false)|github\.repository\s*==\s*github\.event\.workflow_run\.head_repository\.full_name|!\s*github\.event\.workflow_run\.head_repository\.fork)$/,
  ],
];

/** `workflow_run` has the repository's secrets, whoever's run it follows, and `github.sha` is another commit. */
export const workflowRunUnguarded: Rule = {
  name: "workflow-run-unguarded",
  severity: "error",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run",
  *check(workflow) {
    if (triggerOf(workflow, "workflow_run") === undefined) return;
    for (const job of workflow.jobs) {
      const missing = GUARDS.filter(([, pattern]) => !isGuarded(workflow, job, pattern)).map(
        ([shown]) => `\`${shown}\``,
      );
      if (missing.length > 0) {
        const place = entryOf(job.tree, "if")?.place ?? job.place;
        yield remark(place, "lint.workflow-run-unguarded", { job: job.name, guards: missing.join(", ") });
      }
      for (const step of job.steps.filter((one) => usesAction(one, "actions/checkout"))) {
        if (/workflow_run\.head_sha/.test(writtenOf(inputOf(step, "ref"))?.text ?? "")) continue;
        if (inputOf(step, "repository") !== undefined) continue;
        yield remark(step.uses?.place ?? step.place, "lint.workflow-run-unguarded.checkout");
      }
    }
  },
};

function isGuarded(workflow: Workflow, job: Job, pattern: RegExp): boolean {
  const asks = ({ condition }: Job) => requires(condition, (part) => pattern.test(part) || isOtherEvent(part));
  return asks(job) || (!runsAnyway(job.condition) && withNeeds(workflow, job).some(asks));
}

/** In a workflow that something else starts, too. */
function isOtherEvent(part: string): boolean {
  return /^github\.event_name\s*(?:==\s*'(?!workflow_run')\w+'|!=\s*'workflow_run')$/.test(part);
}
