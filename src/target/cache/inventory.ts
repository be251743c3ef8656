import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { onStorage, unlessAbsent } from "../storage-failure.ts";
import { limitKept } from "./kept.ts";
import { gather, KEPT, keptOf, runsOf } from "./workspace.ts";

/** What a cache folder holds. */
export interface Inventory {
  /** What ended runs have left for the next ones. */
  readonly kept: {
    readonly files: number;
    readonly bytes: number /** Milliseconds since 1970. */;
    readonly oldest?: number;
  };
  /** What processes that run now work with. */
  readonly inUse: { readonly processes: number; readonly bytes: number };
}

/** Looks, and gathers first what killed processes have left. @throws STORAGE_FAILED */
export async function inventory(root: string): Promise<Inventory> {
  await gather(root);
  const files = await keptOf(root);
  const runs = (await runsOf(root)).filter(({ isAlive }) => isAlive);
  const sizes = await Promise.all(runs.map(({ folder }) => bytesIn(folder)));
  const oldest = files[0]?.lastWritten;
  return {
    kept: { files: files.length, bytes: sum(files.map(({ bytes }) => bytes)), ...(oldest !== undefined && { oldest }) },
    inUse: { processes: runs.length, bytes: sum(sizes) },
  };
}

/** Deletes what ended runs have left; what running processes work with stays. @throws STORAGE_FAILED */
export async function prune(root: string): Promise<{ readonly files: number; readonly bytes: number }> {
  await gather(root);
  const deleted = await limitKept(join(root, KEPT), 0);
  return { files: deleted.length, bytes: sum(deleted.map(({ bytes }) => bytes)) };
}

async function bytesIn(folder: string): Promise<number> {
  return onStorage(folder, async () => {
    const names = (await readdir(folder).catch(unlessAbsent)) ?? [];
    return sum(
      await Promise.all(names.map(async (name) => (await stat(join(folder, name)).catch(unlessAbsent))?.size ?? 0)),
    );
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
