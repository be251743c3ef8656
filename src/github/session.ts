import type { OctokitWithPages } from "./octokit.ts";

/** What every question and deed at one repository needs. */
export interface Session {
  readonly api: URL;
  readonly octokit: OctokitWithPages;
  /** By the names of GitHub's URL templates. */
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly signal: AbortSignal | undefined;
}
