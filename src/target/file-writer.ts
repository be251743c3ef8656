import { type FileHandle, open } from "node:fs/promises";
import { onStorage, storageFailure } from "./storage-failure.ts";
import type { Body, ReadOptions, Sink } from "./target.ts";

/** Bytes that may wait for the disk before the giver has to. */
const HIGH_WATER_BYTES = 1024 * 1024;

/**
 * Appends to a file behind the back of the giver: what comes while a write is under way goes out together in the next
 * one, so small chunks cost no call each. Memory holds at most twice 2 MiB and a chunk.
 */
export class FileWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #onWritten: (chunks: readonly Uint8Array[]) => void;
  #position: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #flushing: Promise<void> | undefined;
  #failed: { readonly reason: unknown } | undefined;

  /**
   * @param path the file's name, for errors
   * @param position where the first byte goes
   * @param onWritten told of chunks, in order, once they are in the file
   */
  constructor(
    file: FileHandle,
    path: string,
    position = 0,
    onWritten: (chunks: readonly Uint8Array[]) => void = () => {},
  ) {
    this.#file = file;
    this.#path = path;
    this.#position = position;
    this.#onWritten = onWritten;
  }

  /** A {@link Sink}. @throws STORAGE_FULL, STORAGE_FAILED of this or an earlier write */
  readonly write: Sink = (chunk) => {
    if (this.#failed !== undefined) throw this.#failed.reason;
    if (chunk.byteLength === 0) return undefined;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    this.#flushing ??= this.#flush();
    return this.#waitingBytes > HIGH_WATER_BYTES ? this.#settled() : undefined;
  };

  /** Resolves when all that was given is in the file. @throws STORAGE_FULL, STORAGE_FAILED */
  async end(): Promise<void> {
    await this.#settled();
  }

  async #settled(): Promise<void> {
    await this.#flushing;
    if (this.#failed !== undefined) throw this.#failed.reason;
  }

  /** Never rejects: an error waits for the next call, because nobody may be listening now. */
  async #flush(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const chunks = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        await this.#writeAll(chunks);
        this.#onWritten(chunks);
      }
    } catch (thrown) {
      this.#failed = { reason: storageFailure(this.#path, thrown) };
    } finally {
      this.#flushing = undefined;
    }
  }

  async #writeAll(chunks: readonly Uint8Array[]): Promise<void> {
    const total = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
    let { bytesWritten: done } = await this.#file.writev(chunks, this.#position);
    if (done < total) {
      const all = Buffer.concat(chunks);
      while (done < total) {
        done += (await this.#file.write(all, done, total - done, this.#position + done)).bytesWritten;
      }
    }
    this.#position += total;
  }
}

/**
 * Writes a body to a file that does not exist yet, and makes it durable.
 * @throws what the body throws; STORAGE_FULL, STORAGE_FAILED. The file is then left to the caller to delete.
 */
export async function writeNewFile(path: string, body: Body, options: ReadOptions = {}): Promise<void> {
  const file = await onStorage(path, () => open(path, "wx"));
  try {
    const writer = new FileWriter(file, path);
    await body(writer.write, options.signal === undefined ? {} : { signal: options.signal });
    await writer.end();
    await onStorage(path, () => file.sync());
  } finally {
    await file.close();
  }
}
