/** What happened at GitHub. */
export interface GitHubEvent {
  readonly name: "push" | "pull_request" | "workflow_run" | "workflow_dispatch" | "schedule";
  /** The webhook's payload, without what every one has. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** `refs/heads/main`, `refs/tags/v1.2.3`, `refs/pull/7/merge`. */
  readonly ref: string;
  readonly sha: string;
}
