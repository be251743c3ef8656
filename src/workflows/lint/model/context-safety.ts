import { entryOf } from "../../../config/reading/tree.ts";
import type { Job, Step, Workflow } from "./workflow.ts";
import { textsIn, writtenOf } from "./written.ts";

/** Who can choose what a context holds: a stranger; somebody, or nobody knows; nobody but GitHub and the file itself. */
export type ContextSafety = "attacker" | "unknown" | "safe";

/** https://docs.github.com/en/actions/concepts/security/script-injections, and what CodeQL and zizmor count to it. */
const ATTACKER: readonly RegExp[] = [
  /^github\.head_ref$/i,
  /^github\.event\.(?:issue|pull_request|discussion)\.(?:title|body)$/i,
  /^github\.event\.(?:comment|review|review_comment)\.body$/i,
  /^github\.event\.pull_request\.head\.(?:ref|label|repo\.(?:default_branch|description|homepage|name))$/i,
  /^github\.event\.pages\.\*\.(?:page_name|title)$/i,
  /^github\.event\.(?:commits\.\*|head_commit)(?:\.message|\.(?:author|committer)\.(?:name|email))?$/i,
  /^github\.event\.workflow_run\.(?:head_branch|display_title|head_commit(?:\.message|\.author\.(?:name|email))?|head_repository\.description|pull_requests\..*\.head\.ref)$/i,
  /^github\.event(?:\.(?:issue|pull_request|comment|discussion|review|workflow_run|commits))?$/i,
  /^github\.event\.inputs\.\*$/i,
];

/** Numbers, hashes, fixed words and paths: nothing that a shell would take for more than a word. */
const SAFE: readonly RegExp[] = [
  /^runner\.(?:os|arch|name|temp|tool_cache|debug|environment)$/i,
  /^job\.status$/i,
  /^strategy\.(?:job-index|job-total|fail-fast|max-parallel)$/i,
  /^(?:steps|needs)\.[\w-]+\.(?:outcome|conclusion|result)$/i,
  /^github\.(?:sha|run_id|run_number|run_attempt|event_name|repository|repository_id|repository_owner|repository_owner_id|actor_id|workspace|action_path|server_url|api_url|graphql_url|ref_type|ref_protected|job|workflow_sha|retention_days|secret_source)$/i,
  /^github\.event\.(?:number|action|before|after|(?:issue|pull_request)\.number|pull_request\.(?:head|base|merge_commit)(?:\.|_)sha|workflow_run\.(?:id|head_sha|run_number|conclusion|event))$/i,
];

/** What can be put into a script without harm. Secrets have a rule of their own and count as safe here. */
export function contextSafety(context: string, { workflow, job, step }: Surroundings): ContextSafety {
  if (/^secrets\b/i.test(context) || SAFE.some((pattern) => pattern.test(context))) return "safe";
  if (ATTACKER.some((pattern) => pattern.test(context))) return "attacker";
  if (/^matrix\./i.test(context)) return isFixedMatrix(job) ? "safe" : "unknown";
  const [, variable] = /^env\.([\w-]+)$/i.exec(context) ?? [];
  if (variable === undefined) return "unknown";
  // The nearest counts; what a step puts into GITHUB_ENV under the same name is not seen.
  const values = [step.tree, job.tree, workflow.tree].map(
    (tree) => entryOf(entryOf(tree, "env")?.value, variable)?.value,
  );
  const nearest = writtenOf(values.find((value) => value !== undefined));
  return nearest !== undefined && PLAIN.test(nearest.text) ? "safe" : "unknown";
}

/** Where a context is read. */
interface Surroundings {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly step: Step;
}

/** A word or a few, in which a shell sees nothing else. */
const PLAIN = /^[\w./:@ +,=-]*$/;

/** Whether the values of a matrix stand in the file. */
function isFixedMatrix(job: Job): boolean {
  const matrix = entryOf(entryOf(job.tree, "strategy")?.value, "matrix")?.value;
  return matrix?.kind === "mapping" && textsIn(matrix).every(({ text }) => PLAIN.test(text));
}
