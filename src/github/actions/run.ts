import type { RepositoryName } from "../repository-name.ts";

/** What made a workflow run. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
export type ActionsEvent =
  | {
      readonly kind: "push";
      readonly ref: string;
      /** Forty zeros where the ref is new. */
      readonly before: string;
      readonly after: string;
      readonly isCreated: boolean;
      readonly isDeleted: boolean;
      readonly isForced: boolean;
    }
  | {
      readonly kind: "pull_request";
      /** `pull_request_target` runs with the base's secrets. */
      readonly trigger: "pull_request" | "pull_request_target";
      readonly number: number;
      readonly baseRef: string;
      readonly baseSha: string;
      readonly headRef: string;
      readonly headSha: string;
      /** Undefined where the fork is gone. */
      readonly headRepository?: RepositoryName;
      readonly isFork: boolean;
    }
  | { readonly kind: "schedule"; readonly cron: string }
  | { readonly kind: "workflow_dispatch"; readonly inputs: Readonly<Record<string, string>> }
  | {
      readonly kind: "workflow_run";
      readonly workflow: string;
      readonly headSha: string;
      readonly headBranch: string;
      /** `success`, `failure`, …; empty while it runs. */
      readonly conclusion: string;
      /** What made that run: `push`. */
      readonly event: string;
      readonly headRepository?: RepositoryName;
      readonly isFork: boolean;
    }
  | { readonly kind: "release"; readonly action: string; readonly tag: string; readonly isPrerelease: boolean }
  | { readonly kind: "other"; readonly name: string };

/** What a run of GitHub Actions knows of itself. */
export interface ActionsRun {
  readonly event: ActionsEvent;
  readonly repository: RepositoryName;
  /** `https://github.com` */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/1/merge` */
  readonly ref: string;
  /** GITHUB_SHA: the workflow's own commit. */
  readonly sha: string;
  /** The commit that it is about: of a `workflow_run` that run's, which is another than GITHUB_SHA. */
  readonly revision: string;
  readonly defaultBranch?: string;
  readonly runId: string;
  readonly runAttempt: number;
  /** The page of the run. */
  readonly runUrl: string;
  /** RUNNER_TEMP: a folder that is emptied before and after the job. */
  readonly temporaryFolder?: string;
  /** Whether RUNNER_DEBUG asks for more lines. */
  readonly isDebug: boolean;
}
