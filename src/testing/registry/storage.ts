import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes that are there for good. */
export interface StoredBlob {
  /** Bytes. */
  readonly size: number;
  /** From byte `start` up to, not including, byte `end`. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  remove(): Promise<void>;
}

/** Bytes that are arriving. Chunks belong to the writer once they are given to it. */
export interface BlobWriter {
  /** A promise means: wait before giving more. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  finish(): Promise<StoredBlob>;
  discard(): Promise<void>;
}

export interface Storage {
  writer(): Promise<BlobWriter>;
  close(): Promise<void>;
}

/** Keeps chunks as they came; nothing is joined or copied. */
export function memoryStorage(): Storage {
  return {
    writer: async () => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      return {
        write: (chunk) => {
          chunks.push(chunk);
          size += chunk.byteLength;
          return undefined;
        },
        finish: async () => ({ size, read: (start, end) => slices(chunks, start, end), remove: async () => {} }),
        discard: async () => {},
      };
    },
    close: async () => {},
  };
}

async function* slices(chunks: readonly Uint8Array[], start: number, end: number): AsyncIterable<Uint8Array> {
  let at = 0;
  for (const chunk of chunks) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, chunk.byteLength);
    if (from < to) yield chunk.subarray(from, to);
    at += chunk.byteLength;
    if (at >= end) return;
  }
}

const WRITE_BYTES = 1024 * 1024;

/** One file for each blob, in a temporary folder. */
export async function diskStorage(): Promise<Storage> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-registry-"));
  return {
    writer: async () => {
      const path = join(folder, randomUUID());
      return new DiskWriter(path, await open(path, "wx"));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Gathers a MiB of chunks while the MiB before it is being written. */
class DiskWriter implements BlobWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #written: Promise<unknown> = Promise.resolve();
  #size = 0;

  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    this.#gathered.push(chunk);
    this.#gatheredBytes += chunk.byteLength;
    this.#size += chunk.byteLength;
    return this.#gatheredBytes < WRITE_BYTES ? undefined : this.#flush();
  }

  async #flush(): Promise<void> {
    await this.#written;
    const chunks = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#written = this.#file.writev(chunks);
    this.#written.catch(() => undefined); // whoever waits for it next is told
  }

  async finish(): Promise<StoredBlob> {
    if (this.#gatheredBytes > 0) await this.#flush();
    await this.#written;
    await this.#file.close();
    const path = this.#path;
    return {
      size: this.#size,
      read: (start, end) => (start >= end ? slices([], 0, 0) : fileSlice(path, start, end)),
      remove: () => rm(path, { force: true }),
    };
  }

  async discard(): Promise<void> {
    await this.#written.catch(() => undefined);
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}

function fileSlice(path: string, start: number, end: number): AsyncIterable<Uint8Array> {
  return createReadStream(path, { start, end: end - 1, highWaterMark: WRITE_BYTES });
}
