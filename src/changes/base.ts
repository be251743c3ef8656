/** What set a run off, where it decides what "changed" is measured from. */
export type ChangeEvent =
  /** `baseSha` is the commit of the branch that the request goes to: `pull_request.base.sha`. */
  | { readonly kind: "pull-request"; readonly baseSha: string }
  /** `before` is what the branch was at before the push. */
  | { readonly kind: "push"; readonly before?: string }
  | { readonly kind: "tag" | "schedule" | "manual" | "release" }
  /** Somebody's own machine. `base` is any name of a commit: `main`, `origin/main`, `v1.2.3`. */
  | { readonly kind: "local"; readonly base?: string };

/** What is compared with what. */
export type Comparison =
  /** Nothing: every file counts as added. */
  | { readonly kind: "all"; readonly because: "new-branch" | "no-base" }
  /** A commit with the one that is checked out. */
  | { readonly kind: "since-commit"; readonly base: string }
  /** Where the history left `base`, with the commit that is checked out. */
  | { readonly kind: "since-merge-base"; readonly base: string }
  /** Where the history left `base`, with the files as they are now, committed or not. */
  | { readonly kind: "work-tree"; readonly base: string };

/**
 * What an event's changes are measured from, as https://github.com/dorny/paths-filter does it: a pull request from its
 * merge base, a push from what was there before. Where there was nothing, and for events that change no files, everything
 * counts as added. On one's own machine, what is not committed counts, too.
 */
export function baseOf(event: ChangeEvent): Comparison {
  switch (event.kind) {
    case "pull-request":
      return { kind: "since-merge-base", base: event.baseSha };
    case "push":
      if (event.before === undefined || /^0*$/.test(event.before)) return { kind: "all", because: "new-branch" };
      return { kind: "since-commit", base: event.before };
    case "local":
      if (event.base === undefined) return { kind: "all", because: "no-base" };
      return { kind: "work-tree", base: event.base };
    default:
      return { kind: "all", because: "no-base" };
  }
}
