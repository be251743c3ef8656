import { failure } from "../words/error.ts";
import type { Comparison } from "./base.ts";
import type { Change, ChangeStatus } from "./change.ts";
import { askGit, type GitOptions, gitFailure, runGit, split } from "./git.ts";

/** https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---diff-filterACDMRTUXB82308203 */
const STATUS_OF_LETTER: Readonly<Record<string, ChangeStatus>> = {
  A: "added",
  C: "copied",
  D: "deleted",
  M: "modified",
  R: "renamed",
  T: "modified", // a file that became a link, or the other way round
  U: "unmerged",
};

/**
 * The files of the work tree around `folder` that changed. A renamed file is one deleted and one added, as in
 * https://github.com/dorny/paths-filter. Nothing is fetched.
 * @throws GIT_BASE_MISSING, GIT_HISTORY_MISSING when the clone is too shallow to tell; GIT_FAILED, GIT_MISSING
 */
export async function changedFiles(
  folder: string,
  comparison: Comparison,
  options: GitOptions = {},
): Promise<readonly Change[]> {
  const root = (await runGit(folder, ["rev-parse", "--show-toplevel"], options)).replace(/\n$/, "");
  if (comparison.kind === "all") return everything(root, options);
  const base = await commitOf(root, comparison.base, options);
  if (comparison.kind === "since-commit") return difference(root, [base, "HEAD"], options);
  const start = await mergeBase(root, { name: comparison.base, commit: base }, options);
  if (start === undefined) return everything(root, options);
  if (comparison.kind === "since-merge-base") return difference(root, [start, "HEAD"], options);
  const tracked = await difference(root, [start], options);
  return [...tracked, ...(await listed(root, ["--others", "--exclude-standard"], options))];
}

async function everything(root: string, options: GitOptions): Promise<readonly Change[]> {
  return listed(root, ["--cached"], options);
}

async function listed(root: string, which: readonly string[], options: GitOptions): Promise<readonly Change[]> {
  const output = await runGit(root, ["ls-files", "-z", ...which], options);
  return split(output).map((path): Change => ({ path, status: "added" }));
}

/** @param between two commits, or one, which is compared with the files as they are */
async function difference(root: string, between: readonly string[], options: GitOptions): Promise<readonly Change[]> {
  const how = ["--no-renames", "--no-ext-diff", "--no-relative", "--name-status", "-z"];
  const parts = split(await runGit(root, ["diff", ...how, ...between, "--"], options));
  const changes: Change[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [letter = "", path = ""] = parts.slice(index, index + 2);
    changes.push({ path, status: STATUS_OF_LETTER[letter] ?? "modified" });
  }
  return changes;
}

/** The hash of a commit that the clone has. A missing one must not pass for "nothing changed". */
async function commitOf(root: string, name: string, options: GitOptions): Promise<string> {
  const question = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const { exitCode, stdout } = await askGit(root, question, options);
  if (exitCode === 0) return stdout.trim();
  throw failure("GIT_BASE_MISSING", { base: name, folder: root });
}

/** Undefined when the two have no history in common; a shallow clone does not know. */
async function mergeBase(
  root: string,
  base: { readonly name: string; readonly commit: string },
  options: GitOptions,
): Promise<string | undefined> {
  const question = ["merge-base", base.commit, "HEAD"];
  const answer = await askGit(root, question, options);
  if (answer.exitCode === 0) return answer.stdout.trim();
  if (answer.exitCode !== 1) throw gitFailure(root, question, answer);
  const isShallow = (await runGit(root, ["rev-parse", "--is-shallow-repository"], options)).trim() === "true";
  if (isShallow) throw failure("GIT_HISTORY_MISSING", { base: base.name, folder: root });
  return undefined;
}
