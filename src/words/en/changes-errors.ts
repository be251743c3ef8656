export const changesErrors = {
  FILTER_INVALID: {
    message: "not a filter for changed files: {text} ({reason})",
    hint: "write a glob, a list of globs, or a mapping from added, modified or deleted (joined by |) to globs, as dorny/paths-filter does",
  },
  GIT_MISSING: {
    message: "git cannot be run: {reason}",
    hint: "install git, or put it on PATH",
  },
  GIT_FAILED: {
    message: "`{command}` failed in {folder}: {reason}",
    hint: "run it there by hand; where git says that the ownership is dubious, the command that it names tells it to trust the folder",
  },
  GIT_BASE_MISSING: {
    message: "the clone at {folder} does not have {base}, so it cannot tell what changed since then",
    hint: "check out with `fetch-depth: 0`, or fetch it before: `git fetch origin {base}`",
  },
  GIT_HISTORY_MISSING: {
    message: "the clone at {folder} is too shallow to tell where its history left {base}",
    hint: "check out with `fetch-depth: 0`, or fetch the rest before: `git fetch --unshallow`",
  },
} as const;
