import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isRunning } from "./process.ts";
import { onStorage } from "./storage-failure.ts";

/** A folder of this process alone, for files that need not outlive it. */
export interface Scratch {
  readonly folder: string;
  /** A path in it that is new. */
  fresh(): string;
  /** Deletes the folder and all that is in it. */
  remove(): Promise<void>;
}

const NAME = /^\.slipway-(\d+)-[0-9a-f]{12}$/;

/** The scratch folders that are in use here. A process number comes back after a restart (in a container always). */
const ours = new Set<string>();

/**
 * Makes a scratch folder in `parent`, which is created where it does not exist, and deletes those that processes left
 * there when they were killed.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function openScratch(parent: string): Promise<Scratch> {
  const name = `.slipway-${process.pid}-${randomBytes(6).toString("hex")}`;
  const folder = join(parent, name);
  let serial = 0;
  ours.add(name);
  await onStorage(folder, async () => {
    await mkdir(parent, { recursive: true });
    await mkdir(folder, { mode: 0o700 });
  });
  await sweep(parent);
  return {
    folder,
    fresh: () => join(folder, String(serial++)),
    remove: async () => {
      await onStorage(folder, () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
      ours.delete(name);
    },
  };
}

async function sweep(parent: string): Promise<void> {
  for (const name of await onStorage(parent, () => readdir(parent))) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (Number.isNaN(pid) || ours.has(name) || (pid !== process.pid && isRunning(pid))) continue;
    // Another user's leftovers stay: theirs to delete.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
}
