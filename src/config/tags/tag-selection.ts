/**
 * Which of a repository's tags. The parts work in this order, whatever the order they were written in:
 *
 * 1. `semver` and `match` choose: the tags that are versions in the range, and that match one of the patterns. Without
 *    either: all tags or, where there is an `include`, none.
 * 2. `include` adds: every tag that matches one of its patterns. A tag named there is wanted even if it is not listed.
 * 3. `exclude` removes.
 * 4. `newest` keeps so many of what is left: the highest versions, then what is no version, last listed first. Tags
 *    that `include` names are kept besides.
 *
 * Patterns are as in {@link parseTagPattern}.
 */
export interface TagSelection {
  /** A range of versions, as in {@link parseVersionRange}. */
  readonly semver?: string;
  readonly match?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly newest?: number;
}
