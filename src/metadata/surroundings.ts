/** What set a run off. Only `schedule` changes names by itself; the others are told apart by the ref. */
export type EventName = "push" | "tag" | "pull-request" | "schedule" | "manual" | "release";

/** What a run is on. */
export type Ref =
  /** `name` without `refs/heads/`: `main`, `releases/v1`. */
  | { readonly kind: "branch"; readonly name: string }
  /** `name` without `refs/tags/`: `v1.2.3`, `server/v1.2.3`. */
  | { readonly kind: "tag"; readonly name: string }
  | { readonly kind: "pull"; readonly number: number };

/** What tags and labels are made of: known facts, so that the same ones give the same names. */
export interface Surroundings {
  /** The time for `{{date}}`; nothing here looks at the clock. */
  readonly now: Date;
  /** The version being released, as it was given: `1.2.3`, `v1.2.3`. */
  readonly version?: string;
  readonly event?: EventName;
  readonly ref?: Ref;
  /** The commit's whole hash. */
  readonly revision?: string;
  /** When it was committed. */
  readonly commitDate?: Date;
  readonly defaultBranch?: string;
  /** The branch that a pull request goes to, or that a tag was set on. */
  readonly baseRef?: string;
  /** Where people find the repository: `https://github.com/octocat/hello-world`. */
  readonly repositoryUrl?: string;
  readonly title?: string;
  readonly description?: string;
  /** An SPDX expression: `MIT`, `Apache-2.0 OR MIT`. */
  readonly licenses?: string;
}
