import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { SlipwayError } from "../../words/error.ts";
import type { Notes } from "../notes.ts";
import { onStorage, unlessAbsent } from "../storage-failure.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Notes as files of a cache's workspace, each with one owner. A note only saves work: where the disk is full or takes no
 * files, none is kept, and no upload fails for it.
 */
export function notesIn(workspace: Workspace): Notes {
  const notes = strictNotes(workspace);
  return {
    take: (key) => notes.take(key).catch(unlessOnDisk),
    keep: (key, text) => notes.keep(key, text).catch(unlessOnDisk),
    forget: (key) => notes.forget(key).catch(unlessOnDisk),
  };
}

function strictNotes(workspace: Workspace): Notes {
  return {
    take: async (key) => {
      const path = await workspace.claim(nameOf(key));
      const text = await onStorage(path, () => readFile(path, "utf8").catch(unlessAbsent));
      await onStorage(path, () => rm(path, { force: true }));
      return text;
    },
    keep: async (key, text) => {
      const path = await workspace.claim(nameOf(key));
      await onStorage(path, async () => {
        // a process that is killed leaves the whole text or the one before
        await writeFile(`${path}.new`, text, { mode: 0o600 });
        await rename(`${path}.new`, path);
      });
    },
    forget: async (key) => {
      const path = await workspace.claim(nameOf(key));
      await onStorage(path, () => rm(path, { force: true }));
    },
  };
}

function unlessOnDisk(thrown: unknown): undefined {
  if (!(thrown instanceof SlipwayError && thrown.code.startsWith("STORAGE_"))) throw thrown;
}

/** Keys hold slashes and colons. */
function nameOf(key: string): string {
  return `note-${createHash("sha256").update(key).digest("hex")}`;
}
