import { rename, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../../target/atomic-file.ts";
import type { Scratch } from "../../target/scratch.ts";
import { onStorage } from "../../target/storage-failure.ts";
import type { Place } from "./place.ts";
import { type Stamp, writeStamp } from "./stamp.ts";

export interface Replacement {
  /** The new folder, on the same disk. */
  readonly fresh: string;
  /** Where it goes. */
  readonly folder: string;
  /** What is there. */
  readonly place: Exclude<Place, { readonly kind: "present" }>;
  /** Takes what was there until it is deleted. */
  readonly scratch: Scratch;
  readonly stampPath: string;
  readonly before: Stamp | undefined;
  readonly after: Stamp;
}

/**
 * Puts a new folder where another one is, or nothing. The old one goes first and the stamp comes before the new one, so
 * that whoever is killed in between leaves no folder there, or one that the stamp knows. Where something fails, the old
 * one comes back.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function replaceFolder(replacement: Replacement): Promise<void> {
  const { fresh, folder, place, scratch, stampPath, before, after } = replacement;
  const aside = scratch.fresh();
  if (place.kind === "empty") await onStorage(folder, () => rmdir(folder));
  if (place.kind === "ours") await onStorage(folder, () => rename(folder, aside));
  try {
    await writeStamp(stampPath, after);
    await onStorage(folder, () => rename(fresh, folder));
  } catch (thrown) {
    if (place.kind === "ours") await onStorage(folder, () => rename(aside, folder));
    if (before !== undefined) await writeStamp(stampPath, before);
    throw thrown;
  }
  await syncFolder(dirname(folder));
}
