import { readdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { syncFolder } from "./atomic-file.ts";
import { writeNewFile } from "./file-writer.ts";
import { folderFiles, INDEX_FILE, LAYOUT_FILE, type LayoutFiles, overlayFiles } from "./layout-files.ts";
import { LayoutReader } from "./layout-reader.ts";
import { openScratch } from "./scratch.ts";
import { StagedTarget } from "./staged.ts";
import { errnoOf, onStorage, storageFailure } from "./storage-failure.ts";
import { openTar, type TarFile } from "./tar-file.ts";
import { tarBody } from "./tar-writer.ts";
import type { Body } from "./target.ts";

/**
 * Reads an OCI layout in a tar (plain, gzip or zstd), in place where it is not compressed.
 * @param temporaryFolder where a compressed one is inflated until it is closed
 * @throws TARGET_UNREADABLE, ARCHIVE_INVALID
 */
export async function openOciArchive(name: string, path: string, temporaryFolder: string): Promise<LayoutReader> {
  return checked(name, await openTar(name, path, temporaryFolder));
}

/** A reader of a layout that is one. Closes the files where it is not. @throws TARGET_UNREADABLE */
export async function checked(name: string, files: LayoutFiles): Promise<LayoutReader> {
  const layout = new LayoutReader(name, files);
  try {
    await layout.check();
    return layout;
  } catch (thrown) {
    await layout.close();
    throw thrown;
  }
}

/**
 * Writes an OCI layout as a tar. Images that the file holds already stay in it, as in a folder. The file is replaced when
 * the target is closed, in one step; until then the images wait in a temporary folder beside it.
 * @throws TARGET_UNREADABLE, ARCHIVE_INVALID where the file is there and is no OCI archive
 */
export async function createOciArchive(name: string, path: string): Promise<StagedTarget> {
  const folder = dirname(resolve(path));
  const before = await openExisting(name, path, folder);
  const scratch = await openScratch(folder);
  const staged = folderFiles(scratch.folder);
  for (const file of before === undefined ? [] : [LAYOUT_FILE, INDEX_FILE]) {
    await writeFile(join(scratch.folder, file), (await before?.read(file)) ?? "");
  }
  const files = before === undefined ? staged : overlayFiles(staged, before);
  const finish = async () => {
    const blobs = new Set([...(before?.index.keys() ?? []), ...(await filesBelow(scratch.folder))].filter(isBlob));
    await replaceFile(path, scratch.fresh(), await archiveOf(files, [LAYOUT_FILE, INDEX_FILE, ...[...blobs].sort()]));
  };
  return new StagedTarget(name, scratch, finish, files);
}

async function openExisting(name: string, path: string, temporaryFolder: string): Promise<TarFile | undefined> {
  try {
    if ((await stat(path)).size === 0) return undefined;
  } catch (thrown) {
    if (errnoOf(thrown) === "ENOENT") return undefined;
    throw storageFailure(path, thrown);
  }
  const tar = await openTar(name, path, temporaryFolder);
  await checked(name, tar);
  return tar;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await onStorage(folder, () => readdir(folder, { recursive: true, withFileTypes: true }));
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function isBlob(path: string): boolean {
  return /^blobs\/(?:sha256\/[0-9a-f]{64}|sha512\/[0-9a-f]{128})$/.test(path);
}

async function archiveOf(files: LayoutFiles, names: readonly string[]): Promise<Body> {
  const sizes = await Promise.all(names.map((name) => files.size(name)));
  return tarBody(names.map((name, at) => ({ name, size: sizes[at] ?? 0, body: files.body(name) })));
}

/** Puts a body where a file is, or is not yet, in one step. @param temporary a new path on the same disk */
export async function replaceFile(path: string, temporary: string, body: Body): Promise<void> {
  await writeNewFile(temporary, body);
  await onStorage(path, () => rename(temporary, path));
  await syncFolder(dirname(resolve(path)));
}
