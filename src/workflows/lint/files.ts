import { existsSync, globSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Where GitHub looks for workflows, and for the actions of a repository itself. */
const PATTERNS = [".github/workflows/*.{yml,yaml}", ".github/actions/*/action.{yml,yaml}", "action.{yml,yaml}"];

/** The root of the checkout that a folder is in; the folder itself where it is in none. Absolute. */
export function repositoryRoot(folder: string): string {
  const start = resolve(folder);
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return start;
  }
}

/** The workflows and actions of a repository, as absolute paths, sorted. */
export function workflowPaths(root: string): readonly string[] {
  return PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted()).map((file) => join(root, file));
}

/** A path from a folder on, with slashes, as GitHub and SARIF want it. */
export function pathFrom(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join("/");
}
