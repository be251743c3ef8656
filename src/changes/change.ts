/** What happened to a file, as git tells it. `copied` and `renamed` come from elsewhere: here git is told not to look for them. */
export const CHANGE_STATUSES = ["added", "copied", "deleted", "modified", "renamed", "unmerged"] as const;
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];

export interface Change {
  /** From the root of the work tree, with slashes: `src/main.ts`. */
  readonly path: string;
  readonly status: ChangeStatus;
}
