import { askGit, type GitOptions, gitFailure, runGit, split } from "./git.ts";
import { webUrlOf } from "./remote-url.ts";

/** What git knows of a work tree. */
export interface Repository {
  /** The root of the work tree. */
  readonly root: string;
  /** The commit that is checked out; undefined before the first one. */
  readonly head: Head | undefined;
  /** Whether tracked files differ from it. Files that git does not track do not count. */
  readonly isDirty: boolean;
  /** Undefined when a commit is checked out and not a branch. */
  readonly branch: string | undefined;
  /** Where people find `origin`, without user and password; undefined when it is on no host. */
  readonly originUrl: string | undefined;
}

export interface Head {
  /** The commit's whole hash. */
  readonly revision: string;
  /** When it was committed, to the second. */
  readonly commitDate: Date;
  /** The git tags on it, annotated or not, in the order of their names. */
  readonly tags: readonly string[];
}

const NO_REPOSITORY = /not a git repository \(or any/;

/**
 * The facts of the work tree that a folder is in; undefined when it is in none.
 * @throws GIT_FAILED with git's own words, also when git refuses because the folder is somebody else's; GIT_MISSING
 */
export async function repositoryOf(folder: string, options: GitOptions = {}): Promise<Repository | undefined> {
  const question = ["rev-parse", "--is-inside-work-tree"];
  const answer = await askGit(folder, question, options);
  if (answer.exitCode !== 0) {
    if (NO_REPOSITORY.test(answer.stderr)) return undefined;
    throw gitFailure(folder, question, answer);
  }
  if (answer.stdout.trim() !== "true") return undefined;
  const [root, head, status, branch, origin] = await Promise.all([
    runGit(folder, ["rev-parse", "--show-toplevel"], options),
    headOf(folder, options),
    runGit(folder, ["status", "--porcelain", "-z", "--untracked-files=no"], options),
    found(folder, ["symbolic-ref", "--quiet", "HEAD"], options),
    found(folder, ["config", "--get", "remote.origin.url"], options),
  ]);
  return {
    root: root.replace(/\n$/, ""),
    head,
    isDirty: status !== "",
    branch: branch?.replace(/^refs\/heads\//, ""),
    originUrl: origin === undefined ? undefined : webUrlOf(origin),
  };
}

async function headOf(folder: string, options: GitOptions): Promise<Head | undefined> {
  const revision = await found(folder, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], options);
  if (revision === undefined) return undefined;
  const ofTags = ["for-each-ref", `--points-at=${revision}`, "--format=%(refname:strip=2)%00", "refs/tags"];
  const [seconds, tags] = await Promise.all([
    runGit(folder, ["show", "--no-patch", "--no-show-signature", "--format=%ct", revision], options),
    runGit(folder, ofTags, options),
  ]);
  return {
    revision,
    commitDate: new Date(Number(seconds) * 1000),
    tags: split(tags.replaceAll("\0\n", "\0")),
  };
}

/** What git finds, without the line's end; undefined when it answers that there is none. */
async function found(folder: string, question: readonly string[], options: GitOptions): Promise<string | undefined> {
  const answer = await askGit(folder, question, options);
  if (answer.exitCode === 0) return answer.stdout.replace(/\n$/, "");
  if (answer.exitCode === 1) return undefined;
  throw gitFailure(folder, question, answer);
}
