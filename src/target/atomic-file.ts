import { open, rename, rm } from "node:fs/promises";
import { onStorage } from "./storage-failure.ts";

/**
 * Writes a small file so that readers see the old bytes or the new ones, never a part, even after a power cut.
 * @param temporary a path on the same disk that nobody else uses
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function writeAtomically(path: string, bytes: Uint8Array | string, temporary: string): Promise<void> {
  await onStorage(path, async () => {
    try {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (thrown) {
      await rm(temporary, { force: true });
      throw thrown;
    }
  });
}

/** Makes the names in a folder durable: what was renamed into it is there after a power cut. */
export async function syncFolder(path: string): Promise<void> {
  await onStorage(path, async () => {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  });
}
