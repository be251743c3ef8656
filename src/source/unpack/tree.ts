import { chmod, link, lstat, mkdir, open, rm, symlink } from "node:fs/promises";
import { join, posix } from "node:path";
import { errnoOf, onStorage, storageFailure, unlessAbsent } from "../../target/storage-failure.ts";
import type { Entry, Refusals } from "./entry.ts";
import { safePath, whyLinkLeaves } from "./entry-path.ts";

/** Files, folders and links that are made of an archive's entries. */
export interface Tree {
  /** @throws PACKAGE_UNSAFE; what the entry's body throws; STORAGE_FULL, STORAGE_FAILED */
  put(entry: Entry): Promise<void>;
  /** Makes the symbolic links. Nothing may be put after it. @throws PACKAGE_UNSAFE, STORAGE_FULL, STORAGE_FAILED */
  finish(): Promise<void>;
}

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;
const PROGRAM_MODE = 0o755;

/**
 * Builds a tree in a folder that is empty and that nobody else knows of. Symbolic links are made last, so that while
 * files are written there is none that could lead anywhere, whatever the file system takes for the same name. An entry
 * that goes through a link is refused. A later file or link takes the place of an earlier one of its name.
 */
export function openTree(folder: string, refuse: Refusals): Tree {
  const links = new Map<string, string>();
  const folders = new Set<string>([""]);

  const pathOf = (name: string): string => {
    const safe = safePath(name);
    if (safe.kind === "unsafe") throw refuse.unsafe(name, safe.reason);
    for (let parent = parentOf(safe.path); parent !== ""; parent = parentOf(parent)) {
      if (folders.has(parent)) break;
      if (links.has(parent)) throw refuse.unsafe(name, `goes through the link ${parent}`);
    }
    return safe.path;
  };

  const makeFolder = async (path: string, name: string): Promise<void> => {
    if (folders.has(path)) return;
    await makeFolder(parentOf(path), name);
    if (links.has(path)) throw refuse.unsafe(name, "is a folder and a link");
    const place = join(folder, path);
    await onStorage(place, async () => {
      await mkdir(place).catch((thrown) => {
        // A file, or a folder whose name this file system takes for the same.
        throw errnoOf(thrown) === "EEXIST" ? refuse.unsafe(name, "needs a folder where something else is") : thrown;
      });
      await chmod(place, FOLDER_MODE);
    });
    folders.add(path);
  };

  /** The place of a file or a link, in a folder that is there. No earlier link of that name counts any more. */
  const placeFor = async (path: string, name: string): Promise<string> => {
    if (path === "") throw refuse.unsafe(name, "is the folder itself, and no folder");
    await makeFolder(parentOf(path), name);
    if (folders.has(path)) throw refuse.unsafe(name, "is there twice, as a folder and otherwise");
    links.delete(path);
    return join(folder, path);
  };

  const putLink = async (path: string, name: string, target: string): Promise<void> => {
    const reason = whyLinkLeaves(path, target);
    if (reason !== undefined) throw refuse.unsafe(name, reason);
    const place = await placeFor(path, name);
    await onStorage(place, () => rm(place, { force: true }));
    links.set(path, target);
  };

  const putHardLink = async (path: string, name: string, target: string): Promise<void> => {
    const safe = safePath(target);
    if (safe.kind === "unsafe") throw refuse.unsafe(name, `is a link whose target ${safe.reason}`);
    const symbolic = links.get(safe.path);
    if (symbolic !== undefined) return putLink(path, name, symbolic);
    const from = join(folder, pathOf(target));
    const status = await onStorage(from, () => lstat(from).catch(unlessAbsent));
    if (status?.isFile() !== true || safe.path === path) throw refuse.unsafe(name, "is a link to no file before it");
    const place = await placeFor(path, name);
    await onStorage(place, () => anew(place, () => link(from, place)));
  };

  return {
    put: async (entry) => {
      const { name } = entry;
      const path = pathOf(name);
      switch (entry.kind) {
        case "folder":
          return makeFolder(path, name);
        case "symlink":
          return putLink(path, name, entry.target);
        case "hardlink":
          return putHardLink(path, name, entry.target);
        case "other":
          throw refuse.unsafe(name, entry.reason);
        case "file":
          return writeFile(await placeFor(path, name), entry.body, entry.isExecutable ? PROGRAM_MODE : FILE_MODE);
      }
    },
    finish: async () => {
      for (const [path, target] of links) {
        const place = join(folder, path);
        await symlink(target, place).catch((thrown) => {
          // Another name that this file system takes for the same.
          if (errnoOf(thrown) === "EEXIST") throw refuse.unsafe(path, "is there twice");
          throw storageFailure(place, thrown);
        });
      }
    },
  };
}

function parentOf(path: string): string {
  const parent = posix.dirname(path);
  return parent === "." ? "" : parent;
}

/** Makes something under a name. What has it already goes: written to, it could be the same file as another's. */
async function anew<T>(place: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (thrown) {
    if (errnoOf(thrown) !== "EEXIST") throw thrown;
    await rm(place);
    return make();
  }
}

async function writeFile(place: string, body: AsyncIterable<Uint8Array>, mode: number): Promise<void> {
  const file = await onStorage(place, () => anew(place, () => open(place, "wx")));
  try {
    for await (const chunk of body) await onStorage(place, () => file.writeFile(chunk));
    await onStorage(place, () => file.chmod(mode));
  } finally {
    await file.close();
  }
}
