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

/** The commit that GitHub would merge is taken for the request's own. */
export function pullRequest(repository: string, base: string, head: string): GitHubEvent {
  const repo = { full_name: repository };
  const pull = { base: { ref: "main", sha: base, repo }, head: { ref: "feature", sha: head, repo } };
  return { name: "pull_request", payload: { number: 7, pull_request: pull }, ref: "refs/pull/7/merge", sha: head };
}

/** Somebody's click. */
export function dispatch(branch: string, sha: string): GitHubEvent {
  return { name: "workflow_dispatch", payload: { inputs: null }, ref: `refs/heads/${branch}`, sha };
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
