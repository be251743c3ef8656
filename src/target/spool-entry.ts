import { type FileHandle, open, rm } from "node:fs/promises";
import type { Descriptor } from "../oci/descriptor.ts";
import { SlipwayError } from "../words/error.ts";
import { readChunk } from "./file-body.ts";
import { FileWriter } from "./file-writer.ts";
import { onStorage } from "./storage-failure.ts";
import type { Body, Sink } from "./target.ts";
import { ContentCheck } from "./verified.ts";

const CHUNK_BYTES = 256 * 1024;
/** Held back until the whole is verified: a receiver that lacks it can never complete wrong content. */
const HELD_BYTES = 64 * 1024;

/** One blob on disk: a file that one read of the source grows, and that readers follow. */
export class SpoolEntry {
  /** How many share it. */
  holds = 0;
  readonly #path: string;
  readonly #blob: Descriptor;
  readonly #source: Body;
  readonly #sourceName: string;
  readonly #onRead: (bytes: number) => void;
  readonly #closing = new AbortController();
  #file: Promise<FileHandle> | undefined;
  /** Goes on over failed reads; content that turns out to be wrong starts a new one. */
  #check: ContentCheck;
  /** Bytes that are on disk and in the check. */
  #written = 0;
  /** What readers that keep up are given, the same memory to each. */
  #isVerified = false;
  #isReading = false;
  /** What the last read failed with. Readers that began before it are given it; those that come later read again. */
  #failed: { readonly reason: unknown } | undefined;
  #growth = newGrowth();

  /** @param path a file that does not exist yet */
  constructor(
    path: string,
    blob: Descriptor,
    source: Body,
    sourceName: string,
    onRead: (bytes: number) => void = () => {},
  ) {
    this.#path = path;
    this.#blob = blob;
    this.#source = source;
    this.#sourceName = sourceName;
    this.#onRead = onRead;
    this.#check = new ContentCheck(sourceName, blob);
  }

  /** A reader. It follows the file as far as it may, and waits for growth there. */
  readonly body: Body = async (sink, { offset = 0, signal } = {}) => {
    const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, this.#blob.size));
    const check = this.#check;
    const failedBefore = this.#failed;
    for (let at = offset; !(this.#isVerified && at >= this.#blob.size); ) {
      signal?.throwIfAborted();
      this.#closing.signal.throwIfAborted();
      const length = Math.min(buffer.byteLength, this.#readable() - at);
      if (length <= 0) {
        if (!this.#isReading) {
          if (this.#failed !== failedBefore) throw this.#failed?.reason;
          void this.#read();
        }
        await this.#growthOr(signal);
        continue;
      }
      const chunk = await readChunk(await this.#opened(), this.#path, at, buffer.subarray(0, length));
      // What this reader has given so far was wrong, and the rest would be of another read.
      if (check !== this.#check) throw check.mismatch("it changed while it was read");
      at += chunk.byteLength;
      await sink(chunk);
    }
  };

  /** Bytes from the beginning that readers may have. */
  #readable(): number {
    return this.#isVerified ? this.#blob.size : Math.min(this.#written, this.#blob.size - HELD_BYTES);
  }

  /** Resolves when the file has grown; rejects with what the source's read failed with. */
  #growthOr(signal: AbortSignal | undefined): Promise<void> {
    const growth = this.#growth.promise;
    if (signal === undefined) return growth;
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      growth.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
  }

  /** Reads the source from where the file ends. Never rejects: those who wait are told through the growth. */
  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      await this.#readRest();
      this.#check.finish();
      this.#isVerified = true;
      this.#nextGrowth().resolve();
    } catch (thrown) {
      if (thrown instanceof SlipwayError && thrown.code === "CONTENT_MISMATCH") {
        this.#check = new ContentCheck(this.#sourceName, this.#blob);
        this.#written = 0;
      }
      this.#failed = { reason: thrown };
      this.#nextGrowth().reject(thrown);
    } finally {
      this.#isReading = false;
    }
  }

  async #readRest(): Promise<void> {
    const writer = new FileWriter(await this.#opened(), this.#path, this.#written, (bytes) => {
      this.#check.add(bytes);
      this.#written += bytes.byteLength;
      this.#nextGrowth().resolve();
    });
    const receive: Sink = (chunk) => {
      this.#onRead(chunk.byteLength);
      return writer.write(chunk);
    };
    try {
      if (this.#written < this.#blob.size || this.#blob.size === 0) {
        await this.#source(receive, { offset: this.#written, signal: this.#closing.signal });
      }
    } finally {
      // What came before a failure counts: the next read begins behind it.
      await writer.end();
    }
  }

  #nextGrowth(): PromiseWithResolvers<void> {
    const growth = this.#growth;
    this.#growth = newGrowth();
    return growth;
  }

  #opened(): Promise<FileHandle> {
    this.#file ??= onStorage(this.#path, () => open(this.#path, "wx+")).catch((thrown) => {
      this.#file = undefined;
      throw thrown;
    });
    return this.#file;
  }

  /** Ends the read and all readers, and deletes the file. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#nextGrowth().reject(this.#closing.signal.reason);
    await (await this.#file?.catch(() => undefined))?.close();
    await onStorage(this.#path, () => rm(this.#path, { force: true }));
  }
}

function newGrowth(): PromiseWithResolvers<void> {
  const growth = Promise.withResolvers<void>();
  // Nobody may be waiting.
  growth.promise.catch(() => {});
  return growth;
}
