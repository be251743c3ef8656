import { stat, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { errnoOf, onStorage } from "./storage-failure.ts";

/**
 * How much may still be written to a folder, in bytes: what its file system leaves to this user. A folder that is not
 * there yet has the room of where it will be made.
 * @throws STORAGE_FAILED
 */
export async function roomIn(folder: string): Promise<number> {
  const { bavail, bsize } = await onStorage(folder, async () => statfs(await existingFolder(folder)));
  return bavail * bsize;
}

/** The folder, or the nearest above it that is there. @throws what the file system says other than that one is not there */
export async function existingFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await stat(path);
    return path;
  } catch (thrown) {
    if (errnoOf(thrown) !== "ENOENT" || dirname(path) === path) throw thrown;
    return existingFolder(dirname(path));
  }
}
