import type { Template } from "./template.ts";

/** How one tag is made; docker/metadata-action's `tags` input. https://github.com/docker/metadata-action#tags-input */
export type TagRule = RuleBasis &
  (
    | { readonly type: "schedule"; readonly pattern: Template }
    | {
        readonly type: "semver" | "pep440";
        readonly pattern: Template;
        /** What is read instead of the release's version or the git tag. */
        readonly value?: Template;
        /** Its first group is the version in that. */
        readonly match?: RegExp;
      }
    | { readonly type: "match"; readonly pattern: RegExp; readonly group: number; readonly value?: Template }
    /** `branch` is the default branch where it is left out. */
    | { readonly type: "edge"; readonly branch?: string }
    | { readonly type: "ref"; readonly event: "branch" | "tag" | "pr" }
    | { readonly type: "raw"; readonly value: Template }
    | { readonly type: "sha"; readonly format: "short" | "long" }
    /** The floating `latest` of stable releases. Slipway's own: metadata-action has it as a flavor only. */
    | { readonly type: "latest" }
  );

interface RuleBasis {
  /** The rule as it was written. */
  readonly text: string;
  /** Gives `true` or `false`. */
  readonly enable: Template;
  /** The higher, the earlier. */
  readonly priority: number;
  /** Each stands in for the flavor's, also where it is empty. */
  readonly prefix?: Template;
  readonly suffix?: Template;
}

export type RuleType = TagRule["type"];

export const DEFAULT_PRIORITIES: Readonly<Record<RuleType, number>> = {
  schedule: 1000,
  semver: 900,
  pep440: 900,
  match: 800,
  edge: 700,
  ref: 600,
  raw: 200,
  sha: 100,
  latest: 0,
};
