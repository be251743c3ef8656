import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { onStorage, unlessAbsent } from "../storage-failure.ts";

/** A file that ended runs have left: the beginning of a blob, or a note. */
export interface KeptFile {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly lastWritten: number;
}

/** What is smaller is read again faster than it is looked after. */
const WORTH_KEEPING = 1024 * 1024;
/** Registries forget uploads after a week, and nobody comes back for the rest. */
const LONGEST_MILLISECONDS = 14 * 24 * 3_600_000;

const BLOB = /^[a-z0-9]+-[0-9a-f]{64,128}$/;
const NOTE = /^note-[0-9a-f]{64}$/;

/** Moves a file to those that are kept, unless it is not worth it, or more of it is kept already. @returns whether it is kept */
export async function keep(folder: string, name: string, kept: string): Promise<boolean> {
  const [from, to] = [join(folder, name), join(kept, name)];
  return onStorage(from, async () => {
    const here = await sizeOf(from);
    if (here === undefined) return false;
    const isBetter = NOTE.test(name) || (BLOB.test(name) && here >= WORTH_KEEPING && here >= ((await sizeOf(to)) ?? 0));
    if (isBetter) await rename(from, to).catch(unlessAbsent);
    else await rm(from, { force: true, recursive: true });
    return isBetter;
  });
}

/** The oldest first; none where the folder does not exist. */
export async function keptFiles(kept: string): Promise<readonly KeptFile[]> {
  return onStorage(kept, async () => {
    const names = (await readdir(kept).catch(unlessAbsent)) ?? [];
    const files = await Promise.all(names.map((name) => fileOf(kept, name)));
    return files.filter((file) => file !== undefined).sort((one, other) => one.lastWritten - other.lastWritten);
  });
}

/** Deletes what is too old, and of the rest the oldest until no more than `limit` bytes are left. @returns what was deleted */
export async function limitKept(kept: string, limit: number, now = Date.now()): Promise<readonly KeptFile[]> {
  const files = await keptFiles(kept);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const deleted: KeptFile[] = [];
  for (const file of files) {
    if (bytes <= limit && now - file.lastWritten < LONGEST_MILLISECONDS) continue;
    await onStorage(kept, () => rm(join(kept, file.name), { force: true, recursive: true }));
    bytes -= file.bytes;
    deleted.push(file);
  }
  return deleted;
}

async function fileOf(kept: string, name: string): Promise<KeptFile | undefined> {
  const found = await stat(join(kept, name)).catch(unlessAbsent);
  return found && { name, bytes: found.size, lastWritten: found.mtimeMs };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(unlessAbsent))?.size;
}
