import type { Dirent } from "node:fs";
import { readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { errnoOf, onStorage, storageFailure } from "../../target/storage-failure.ts";
import { failure } from "../../words/error.ts";

/** What a folder holds. Paths are relative, with `/`. */
export type FoundEntry = FoundFolder | FoundFile | FoundLink;

export interface FoundFolder {
  readonly kind: "folder";
  readonly path: string;
}

export interface FoundFile {
  readonly kind: "file";
  readonly path: string;
  /** Where its bytes are on this machine. */
  readonly source: string;
}

export interface FoundLink {
  readonly kind: "link";
  readonly path: string;
  /** As it is written in the link. */
  readonly target: string;
}

/** What runs keep beside a project: it changes with each, and the image would hold its own earlier builds. */
const STATE_FOLDER = ".slipway";

/**
 * All that is below a folder, but for Slipway's own `.slipway` at its top: each folder before what it holds, names in the order of their UTF-16 code units, whatever
 * order the file system has them in. Symbolic links are told of and never followed.
 * @throws LAYER_SOURCE_MISSING; LAYER_FILE_UNSUPPORTED for devices, sockets and pipes; STORAGE_FAILED
 */
export async function* walkFolder(folder: string, below = ""): AsyncGenerator<FoundEntry> {
  for (const entry of await entriesOf(join(folder, below))) {
    if (below === "" && entry.name === STATE_FOLDER) continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    const source = join(folder, path);
    if (entry.isDirectory()) {
      yield { kind: "folder", path };
      yield* walkFolder(folder, path);
    } else if (entry.isSymbolicLink()) {
      yield { kind: "link", path, target: await onStorage(source, () => readlink(source)) };
    } else if (entry.isFile()) {
      yield { kind: "file", path, source };
    } else {
      throw failure("LAYER_FILE_UNSUPPORTED", { path: source, kind: kindOf(entry) });
    }
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (thrown) {
    const errno = errnoOf(thrown);
    if (errno !== "ENOENT" && errno !== "ENOTDIR") throw storageFailure(folder, thrown);
    const reason = errno === "ENOENT" ? "there is no such folder" : "it is not a folder";
    throw failure("LAYER_SOURCE_MISSING", { path: folder, reason }, { cause: thrown });
  }
}

function kindOf(entry: Dirent): string {
  if (entry.isSocket()) return "a socket";
  if (entry.isFIFO()) return "a named pipe";
  return "a device";
}
