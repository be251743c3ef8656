import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onStorage, unlessAbsent } from "../storage-failure.ts";
import { type KeptFile, keep, keptFiles, limitKept } from "./kept.ts";
import { formatOwner, isAlive, parseOwner, SIGN_MILLISECONDS, thisProcess } from "./owner.ts";

export const RUNS = "runs";
export const KEPT = "kept";
const OWNER = "owner";

/**
 * A process's own part of a cache folder: `runs/<random>`. What a process leaves, by ending early or by being killed,
 * goes to `kept/`, and whoever wants it moves it from there into its own part: a file has one owner at any time.
 */
export interface Workspace {
  readonly folder: string;
  /** A path in the own part; what an ended process has left under the name is there then. */
  claim(name: string): Promise<string>;
  /** Whether something was left under the name, as far as is known: another process may take it first. */
  has(name: string): boolean;
  /** Gives a claimed file to whoever comes next. */
  leave(name: string): Promise<void>;
  /** Deletes a claimed file. */
  delete(name: string): Promise<void>;
  /** Leaves what is there, deletes the own part, and of what is left the oldest beyond the limit. */
  close(): Promise<void>;
}

/**
 * Makes an own part, and gathers what ended processes have left in theirs.
 * @param limit bytes that may be left for later, over all files
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function openWorkspace(root: string, limit: number): Promise<Workspace> {
  const [runs, kept] = [join(root, RUNS), join(root, KEPT)];
  const folder = join(runs, randomBytes(6).toString("hex"));
  const owner = join(folder, OWNER);
  await onStorage(folder, async () => {
    await mkdir(kept, { recursive: true, mode: 0o700 });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(owner, formatOwner(await thisProcess()));
  });
  await gather(root);
  const left = new Set((await keptFiles(kept)).map(({ name }) => name));
  const sign = setInterval(() => utimes(owner, new Date(), new Date()).catch(() => {}), SIGN_MILLISECONDS).unref();

  return {
    folder,
    claim: async (name) => {
      const path = join(folder, name);
      left.delete(name);
      await onStorage(path, () => rename(join(kept, name), path).catch(unlessAbsent));
      return path;
    },
    has: (name) => left.has(name),
    leave: async (name) => {
      if (await keep(folder, name, kept)) left.add(name);
    },
    delete: (name) => onStorage(folder, () => rm(join(folder, name), { force: true })),
    close: async () => {
      clearInterval(sign);
      await empty(folder, kept);
      await limitKept(kept, limit);
    },
  };
}

/** A process that has its part of a cache folder; or had, where it ended without giving it back. */
export interface Run {
  readonly folder: string;
  readonly isAlive: boolean;
}

export async function runsOf(root: string): Promise<readonly Run[]> {
  const runs = join(root, RUNS);
  const names = await readdir(runs).catch(unlessAbsent);
  return Promise.all(
    (names ?? []).map(async (name) => ({ folder: join(runs, name), isAlive: await lives(join(runs, name)) })),
  );
}

/** Moves what ended processes have left to where others find it. Several may do so at once: each file moves once. */
export async function gather(root: string): Promise<void> {
  for (const { folder, isAlive } of await runsOf(root)) if (!isAlive) await empty(folder, join(root, KEPT));
}

/** What is kept of a cache folder. */
export function keptOf(root: string): Promise<readonly KeptFile[]> {
  return keptFiles(join(root, KEPT));
}

async function lives(folder: string): Promise<boolean> {
  const path = join(folder, OWNER);
  const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]).catch(async () => {
    // it is being made, or was being deleted, when its process was killed
    return ["", await stat(folder).catch(() => ({ mtimeMs: 0 }))] as const;
  });
  const owner = parseOwner(text);
  return isAlive(owner ?? { machine: "", pid: 0, started: "" }, mtimeMs);
}

async function empty(folder: string, kept: string): Promise<void> {
  await onStorage(folder, async () => {
    const names = (await readdir(folder).catch(unlessAbsent)) ?? [];
    for (const name of names.filter((one) => one !== OWNER)) await keep(folder, name, kept);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
}
