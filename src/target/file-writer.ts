import { type FileHandle, open } from "node:fs/promises";
import { onStorage, storageFailure } from "./storage-failure.ts";
import type { Body, ReadOptions, Sink } from "./target.ts";

/** Where the writer's buffers come from and go to. */
export interface Buffers {
  /** An empty buffer to fill. */
  take(): Buffer;
  /** A buffer whose first `length` bytes are in the file, at `position`. It is the writer's no more. */
  give(buffer: Buffer, position: number, length: number): void;
}

/** Bytes that are gathered while the disk is busy with as many. */
const BUFFER_BYTES = 1024 * 1024;

/**
 * Appends to a file behind the back of the giver: what comes while a write is under way goes out together in the next
 * one, so small chunks cost no call each. Chunks are copied at once; memory holds two buffers.
 */
export class FileWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #buffers: Buffers;
  #position: number;
  #gathering: Buffer | undefined;
  #gathered = 0;
  #flushing: Promise<void> | undefined;
  #failed: { readonly reason: unknown } | undefined;

  /**
   * @param path the file's name, for errors
   * @param position where the first byte goes
   * @param buffers told of all bytes, in order, once they are in the file
   */
  constructor(file: FileHandle, path: string, position = 0, buffers: Buffers = twoBuffers()) {
    this.#file = file;
    this.#path = path;
    this.#position = position;
    this.#buffers = buffers;
  }

  /** A {@link Sink}. @throws STORAGE_FULL, STORAGE_FAILED of this or an earlier write */
  readonly write: Sink = (chunk) => {
    if (this.#failed !== undefined) throw this.#failed.reason;
    if (chunk.byteLength > this.#buffer().byteLength - this.#gathered) return this.#writeParts(chunk);
    this.#gather(chunk);
    return undefined;
  };

  /** Resolves when all that was given is in the file. @throws STORAGE_FULL, STORAGE_FAILED */
  async end(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
    if (this.#failed !== undefined) throw this.#failed.reason;
  }

  #buffer(): Buffer {
    this.#gathering ??= this.#buffers.take();
    return this.#gathering;
  }

  async #writeParts(chunk: Uint8Array): Promise<void> {
    for (let rest = chunk; rest.byteLength > 0; ) {
      if (this.#gathered === this.#buffer().byteLength) await this.#flushing;
      if (this.#failed !== undefined) throw this.#failed.reason;
      const part = rest.subarray(0, this.#buffer().byteLength - this.#gathered);
      rest = rest.subarray(part.byteLength);
      this.#gather(part);
    }
  }

  #gather(part: Uint8Array): void {
    this.#buffer().set(part, this.#gathered);
    this.#gathered += part.byteLength;
    if (this.#gathered > 0) this.#flushing ??= this.#flush();
  }

  /** Writes what is gathered, and starts again while there is more. Never rejects: an error waits for the next call. */
  async #flush(): Promise<void> {
    const buffer = this.#buffer();
    const length = this.#gathered;
    this.#gathering = undefined;
    this.#gathered = 0;
    try {
      for (let done = 0; done < length; ) {
        done += (await this.#file.write(buffer, done, length - done, this.#position + done)).bytesWritten;
      }
      const start = this.#position;
      this.#position += length;
      this.#buffers.give(buffer, start, length);
      this.#flushing = this.#gathered > 0 ? this.#flush() : undefined;
    } catch (thrown) {
      this.#failed = { reason: storageFailure(this.#path, thrown) };
      this.#flushing = undefined;
    }
  }
}

/** One to fill while the other is written. */
function twoBuffers(): Buffers {
  let spare: Buffer | undefined;
  return {
    take: () => {
      const buffer = spare ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
      spare = undefined;
      return buffer;
    },
    give: (buffer) => {
      spare = buffer;
    },
  };
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
