/** What changed in a repository, and what git knows of it. */
export { baseOf, type ChangeEvent, type Comparison } from "./base.ts";
export type { Change, ChangeStatus } from "./change.ts";
export { changedFiles } from "./changed-files.ts";
export { type Filter, type FilterRule, matchingChanges, parseFilter, type Quantifier } from "./filter.ts";
export type { GitOptions } from "./git.ts";
export { type Head, type Repository, repositoryOf } from "./repository.ts";
