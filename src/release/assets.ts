import { glob, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { assetNameOnGitHub, type WantedAsset } from "../github/index.ts";
import { digestOfFile } from "../source/index.ts";
import { failure } from "../words/error.ts";

/** A file that is to be attached to a release, under the name that GitHub will give it. */
export interface WantedFile extends WantedAsset {
  readonly file: string;
}

/**
 * The files that paths and globs name, each with its digest; by name.
 * @param folder where relative patterns start
 * @throws ASSET_NOT_FOUND, ASSET_NAME_TWICE
 */
export async function wantedAssets(folder: string, patterns: readonly string[]): Promise<readonly WantedFile[]> {
  const files = new Set((await Promise.all(patterns.map((pattern) => filesOf(folder, pattern)))).flat());
  const assets = new Map<string, WantedFile>();
  for (const file of [...files].toSorted()) {
    const name = assetNameOnGitHub(basename(file));
    const other = assets.get(name);
    if (other !== undefined) throw failure("ASSET_NAME_TWICE", { name, one: other.file, other: file });
    const { size } = await stat(file);
    assets.set(name, { file, name, size, digest: await digestOfFile(file) });
  }
  return [...assets.values()];
}

async function filesOf(folder: string, pattern: string): Promise<readonly string[]> {
  const found = await Array.fromAsync(glob(pattern, { cwd: folder }));
  const paths = found.map((path) => (isAbsolute(path) ? path : join(folder, path)));
  const kinds = await Promise.all(paths.map(async (path) => ({ path, isFile: (await stat(path)).isFile() })));
  const files = kinds.flatMap(({ path, isFile }) => (isFile ? [path] : []));
  if (files.length === 0) throw failure("ASSET_NOT_FOUND", { pattern });
  return files;
}
