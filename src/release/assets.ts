import { glob, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { assetNameOnGitHub, type WantedAsset } from "../github/index.ts";
import { digestOfFile } from "../source/index.ts";
import { failure } from "../words/error.ts";

/** A file that is to be attached to a release, under the name that GitHub will give it. */
export interface WantedFile extends WantedAsset {
  readonly file: string;
}

/** A file to attach, not read yet. */
export type NamedFile = Omit<WantedFile, "digest">;

/**
 * The files that paths and globs name, each with its digest; by name.
 * @param folder where relative patterns start
 * @throws ASSET_NOT_FOUND, ASSET_NAME_TWICE
 */
export async function wantedAssets(folder: string, patterns: readonly string[]): Promise<readonly WantedFile[]> {
  const named = await namedFiles(folder, patterns);
  const assets: WantedFile[] = [];
  for (const one of named) assets.push({ ...one, digest: await digestOfFile(one.file) });
  return assets;
}

/** {@link wantedAssets} without reading any of them. @throws ASSET_NOT_FOUND, ASSET_NAME_TWICE */
export async function namedFiles(folder: string, patterns: readonly string[]): Promise<readonly NamedFile[]> {
  const files = new Set((await Promise.all(patterns.map((pattern) => filesOf(folder, pattern)))).flat());
  const assets = new Map<string, NamedFile>();
  for (const file of [...files].toSorted()) {
    const name = assetNameOnGitHub(basename(file));
    const other = assets.get(name);
    if (other !== undefined) throw failure("ASSET_NAME_TWICE", { name, one: other.file, other: file });
    const { size } = await stat(file);
    assets.set(name, { file, name, size });
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
