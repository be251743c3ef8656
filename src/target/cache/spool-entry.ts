import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Descriptor } from "../../oci/descriptor.ts";
import { SlipwayError } from "../../words/error.ts";
import { rangeBody, readChunk } from "../file-body.ts";
import { FileWriter } from "../file-writer.ts";
import { onStorage } from "../storage-failure.ts";
import type { Body, Sink } from "../target.ts";
import { ContentCheck } from "../verified.ts";
import { Pace } from "./pace.ts";
import { RecentBytes } from "./recent-bytes.ts";

const BUFFER_BYTES = 256 * 1024;
/** Held back until the whole is verified: a receiver that lacks it can never complete wrong content. */
const HELD_BYTES = 64 * 1024;

/** What an entry is made of. */
export interface EntrySetup {
  /** Gives the entry's file, with what an earlier run has left in it. */
  readonly claim: () => Promise<string>;
  readonly blob: Descriptor;
  readonly source: Body;
  /** What the bytes come from, for errors. */
  readonly sourceName: string;
  readonly onRead?: (bytes: number) => void;
}

/** One blob on disk: a file that one read of the source grows, and that readers follow. */
export class SpoolEntry {
  /** How many share it. */
  holds = 0;
  readonly #setup: EntrySetup;
  readonly #closing = new AbortController();
  readonly #recent: RecentBytes;
  readonly #pace: Pace;
  #file: Promise<Opened> | undefined;
  /** Goes on over failed reads; content that turns out to be wrong starts a new one. */
  #check: ContentCheck;
  /** Bytes that are on disk and in the check. */
  #written = 0;
  #isVerified = false;
  #isReading = false;
  /** What the last read failed with. Readers that began before it are given it; those that come later read again. */
  #failed: { readonly reason: unknown } | undefined;
  #growth = newGrowth();

  constructor(setup: EntrySetup) {
    this.#setup = setup;
    this.#check = new ContentCheck(setup.sourceName, setup.blob);
    this.#recent = new RecentBytes(Math.min(BUFFER_BYTES, setup.blob.size));
    this.#pace = new Pace(this.#recent.span);
  }

  /** Whether what is on disk is worth giving to a later run: a disk that failed is left alone. */
  get isWorthKeeping(): boolean {
    const reason = this.#failed?.reason;
    return !(reason instanceof SlipwayError && reason.code.startsWith("STORAGE_"));
  }

  /** Says how many readers there are and will be, so that those who come soon are waited for. */
  expect(readers: number): void {
    this.#pace.expected = readers;
  }

  /** A reader. It follows the file as far as it may, from memory where it keeps up, and waits for growth. */
  readonly body: Body = async (sink, { offset = 0, signal } = {}) => {
    const { blob } = this.#setup;
    const check = this.#check;
    const failedBefore = this.#failed;
    const reader = this.#pace.reader(offset);
    let buffer: Buffer | undefined;
    try {
      for (let at = offset; !(this.#isVerified && at >= blob.size); reader.reached(at)) {
        signal?.throwIfAborted();
        this.#closing.signal.throwIfAborted();
        // What this reader has given so far was wrong, and the rest would be of another read.
        if (check !== this.#check) throw check.mismatch("it changed while it was read");
        const end = this.#readable();
        if (at >= end) {
          if (!this.#isReading) {
            if (this.#failed !== failedBefore) throw this.#failed?.reason;
            void this.#read();
          }
          await this.#growthOr(signal);
          continue;
        }
        const lent = this.#recent.lend(at, end);
        if (lent !== undefined) {
          try {
            at += lent.bytes.byteLength;
            await sink(lent.bytes);
          } finally {
            lent.giveBack();
          }
          continue;
        }
        buffer ??= Buffer.allocUnsafeSlow(Math.min(BUFFER_BYTES, blob.size));
        const { file, path } = await this.#opened();
        const chunk = await readChunk(file, path, at, buffer.subarray(0, end - at));
        if (check !== this.#check) continue;
        at += chunk.byteLength;
        await sink(chunk);
      }
    } finally {
      reader.leave();
    }
  };

  /** Bytes from the beginning that readers may have. */
  #readable(): number {
    const { size } = this.#setup.blob;
    return this.#isVerified ? size : Math.min(this.#written, size - HELD_BYTES);
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
      const opened = await this.#opened();
      await this.#readLeft(opened);
      await this.#readRest(opened);
      this.#check.finish();
      this.#isVerified = true;
      this.#nextGrowth().resolve();
    } catch (thrown) {
      if (thrown instanceof SlipwayError && thrown.code === "CONTENT_MISMATCH") await this.#startAgain();
      this.#failed = { reason: thrown };
      this.#nextGrowth().reject(thrown);
    } finally {
      this.#isReading = false;
    }
  }

  /** What an earlier run has left counts once it is in the check: it is trusted no more than what a source sends. */
  async #readLeft(opened: Opened): Promise<void> {
    const { file, path, left } = opened;
    if (this.#written >= left) return;
    await rangeBody(
      file,
      path,
      this.#written,
      left - this.#written,
    )((chunk) => this.#grow(chunk), {
      signal: this.#closing.signal,
    });
  }

  async #readRest({ file, path }: Opened): Promise<void> {
    const { blob, source, onRead } = this.#setup;
    const recent = this.#recent;
    const writer = new FileWriter(file, path, this.#written, {
      take: () => recent.take(),
      give: (buffer, position, length) => {
        recent.give(buffer, position, length);
        this.#grow(buffer.subarray(0, length));
      },
    });
    const receive: Sink = (chunk) => {
      onRead?.(chunk.byteLength);
      return writer.write(chunk) ?? this.#pace.wait(this.#written);
    };
    try {
      if (this.#written < blob.size || blob.size === 0) {
        await source(receive, { offset: this.#written, signal: this.#closing.signal });
      }
    } finally {
      // What came before a failure counts: the next read begins behind it.
      await writer.end();
    }
  }

  #grow(bytes: Uint8Array): undefined {
    this.#check.add(bytes);
    this.#written += bytes.byteLength;
    this.#nextGrowth().resolve();
  }

  async #startAgain(): Promise<void> {
    const { blob, sourceName } = this.#setup;
    this.#check = new ContentCheck(sourceName, blob);
    this.#written = 0;
    this.#recent.clear();
    const opened = await this.#file?.catch(() => undefined);
    if (opened !== undefined) this.#file = Promise.resolve({ ...opened, left: 0 });
  }

  #nextGrowth(): PromiseWithResolvers<void> {
    const growth = this.#growth;
    this.#growth = newGrowth();
    return growth;
  }

  #opened(): Promise<Opened> {
    this.#file ??= this.#open().catch((thrown) => {
      this.#file = undefined;
      throw thrown;
    });
    return this.#file;
  }

  async #open(): Promise<Opened> {
    const path = await this.#setup.claim();
    return onStorage(path, async () => {
      const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
      const { size } = await file.stat();
      return { file, path, left: Math.min(size, this.#setup.blob.size) };
    });
  }

  /** Ends the read and all readers; the file stays. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#nextGrowth().reject(this.#closing.signal.reason);
    this.#recent.clear();
    await (await this.#file?.catch(() => undefined))?.file.close();
  }
}

interface Opened {
  readonly file: FileHandle;
  readonly path: string;
  /** Bytes that an earlier run has left. */
  readonly left: number;
}

function newGrowth(): PromiseWithResolvers<void> {
  const growth = Promise.withResolvers<void>();
  // Nobody may be waiting.
  growth.promise.catch(() => {});
  return growth;
}
