import { type FileHandle, open } from "node:fs/promises";
import { failure } from "../words/error.ts";
import { collect } from "./bytes.ts";
import { fileBody, rangeBody, readChunk } from "./file-body.ts";
import { writeNewFile } from "./file-writer.ts";
import type { LayoutFiles } from "./layout-files.ts";
import { openScratch } from "./scratch.ts";
import { errnoOf, onStorage } from "./storage-failure.ts";
import { indexTar, type Refuse, type TarIndex } from "./tar-index.ts";
import type { Body } from "./target.ts";
import { compressionOf, inflated } from "./through.ts";

/** The files inside a tar, read in place. */
export interface TarFile extends LayoutFiles {
  readonly index: TarIndex;
  close(): Promise<void>;
}

/**
 * Opens a tar. One that is compressed (gzip, zstd) is inflated into a temporary folder, which goes away on close.
 * @param target how people name it, for errors
 * @param temporaryFolder where temporary files may be
 * @throws TARGET_UNREADABLE, ARCHIVE_INVALID, STORAGE_FULL, STORAGE_FAILED
 */
export async function openTar(target: string, path: string, temporaryFolder: string): Promise<TarFile> {
  const refuse = (reason: string) => failure("ARCHIVE_INVALID", { target, reason });
  const file = await openForReading(target, path);
  try {
    const { size } = await onStorage(path, () => file.stat());
    if (size === 0) throw refuse("it is empty");
    const compression = compressionOf(await readChunk(file, path, 0, Buffer.alloc(Math.min(4, size))));
    if (compression === undefined)
      return tarFile(file, path, await indexTar(file, path, refuse), file.close.bind(file));
    const tar = await openInflated(path, inflated(fileBody(path), compression, size, refuse), temporaryFolder, refuse);
    await file.close();
    return tar;
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

async function openForReading(target: string, path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (thrown) {
    const reason = errnoOf(thrown) === "ENOENT" ? "there is no such file" : String(errnoOf(thrown));
    throw failure("TARGET_UNREADABLE", { target, reason }, { cause: thrown });
  }
}

async function openInflated(path: string, body: Body, temporaryFolder: string, refuse: Refuse): Promise<TarFile> {
  const scratch = await openScratch(temporaryFolder);
  let file: FileHandle | undefined;
  const close = async () => {
    await file?.close();
    await scratch.remove();
  };
  try {
    const inflatedPath = scratch.fresh();
    await writeNewFile(inflatedPath, body);
    file = await onStorage(inflatedPath, () => open(inflatedPath, "r"));
    return tarFile(file, path, await indexTar(file, inflatedPath, refuse), close);
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function tarFile(file: FileHandle, path: string, index: TarIndex, close: () => Promise<void>): TarFile {
  const body = (name: string): Body => {
    const entry = index.get(name);
    if (entry === undefined) throw new RangeError(`${path} has no file ${name}`);
    return rangeBody(file, path, entry.start, entry.size);
  };
  return {
    index,
    size: async (name) => index.get(name)?.size,
    read: (name) => collect(body(name), index.get(name)?.size ?? 0),
    body,
    close,
  };
}
