import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { readSource } from "../../config/reading/source.ts";
import { pathFrom, repositoryRoot } from "../../workflows/lint/files.ts";

/** Where workflows are, and what they call the configuration. */
export interface WorkflowPlace {
  /** As short as it can be said from here. */
  readonly folder: string;
  /** The configuration's path from the repository's root on, with slashes. */
  readonly config: string;
}

/**
 * GitHub reads workflows at the root of a repository alone, and steps begin there. Without a checkout, that is the
 * configuration's folder.
 * @param output the folder that somebody wants, from this one on
 */
export function workflowPlace(configFile: string, output: string | undefined): WorkflowPlace {
  const file = resolve(configFile);
  const root = repositoryRoot(dirname(file));
  const folder = output === undefined ? join(root, ".github/workflows") : resolve(output);
  const fromHere = relative(process.cwd(), folder) || ".";
  const isOutside = fromHere.startsWith("..") || isAbsolute(fromHere);
  return { folder: isOutside ? folder : fromHere, config: pathFrom(root, file) };
}

/** Those of the files that are there, by name. @throws CONFIG_UNREADABLE */
export function readWorkflows(folder: string, names: readonly string[]): ReadonlyMap<string, string> {
  const paths = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  return new Map(paths.map((path) => [basename(path), readSource(path).text]));
}
