import type { GitHubEvent } from "./github-event.ts";

const ZEROS = "0".repeat(40);

/** A push to a branch; without `before` it is the branch's first. */
export function branchPush(branch: string, after: string, before = ZEROS): GitHubEvent {
  return push(`refs/heads/${branch}`, after, before);
}

export function tagPush(tag: string, sha: string): GitHubEvent {
  return push(`refs/tags/${tag}`, sha, ZEROS);
}

function push(ref: string, after: string, before: string): GitHubEvent {
  const payload = { ref, before, after, created: before === ZEROS, deleted: false, forced: false };
  return { name: "push", payload, ref, sha: after };
}

/** The commit that GitHub would merge is taken for the request's own. `from`: the repository that the change is in. */
export function pullRequest(repository: string, base: string, head: string, from = repository): GitHubEvent {
  const [repo, other] = [{ full_name: repository }, { full_name: from }];
  const pull = { base: { ref: "main", sha: base, repo }, head: { ref: "feature", sha: head, repo: other } };
  return { name: "pull_request", payload: { number: 7, pull_request: pull }, ref: "refs/pull/7/merge", sha: head };
}

/** Somebody's click, and what was filled in. */
export function dispatch(
  branch: string,
  sha: string,
  inputs: Readonly<Record<string, string>> | null = null,
): GitHubEvent {
  return { name: "workflow_dispatch", payload: { inputs }, ref: `refs/heads/${branch}`, sha };
}

/** By the clock, on the default branch's newest commit. */
export function schedule(cron: string, sha: string): GitHubEvent {
  return { name: "schedule", payload: { schedule: cron }, ref: "refs/heads/main", sha };
}

/** The end of a workflow that a push to `main` had set off; `run`: what is different. */
export function workflowEnd(
  repository: string,
  workflow: string,
  headSha: string,
  run: Readonly<Record<string, unknown>> = {},
): GitHubEvent {
  const usual = {
    name: workflow,
    head_sha: headSha,
    head_branch: "main",
    conclusion: "success",
    event: "push",
    head_repository: { full_name: repository },
  };
  const payload = { action: "completed", workflow_run: { ...usual, ...run } };
  return { name: "workflow_run", payload, ref: "refs/heads/main", sha: headSha };
}
