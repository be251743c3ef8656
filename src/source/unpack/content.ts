import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { onStorage } from "../../target/storage-failure.ts";

/** What a folder holds: how many files, folders and links below it, and the bytes of the files. */
export interface Content {
  readonly count: number;
  readonly bytes: number;
}

/** Counts what a folder holds. Links are not followed. @throws STORAGE_FAILED */
export async function contentOf(folder: string): Promise<Content> {
  let [count, bytes] = [0, 0];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const here = at;
    await onStorage(here, async () => {
      for await (const entry of await opendir(here)) {
        count += 1;
        const path = join(here, entry.name);
        if (entry.isDirectory()) waiting.push(path);
        else if (entry.isFile()) bytes += (await lstat(path)).size;
      }
    });
  }
  return { count, bytes };
}
