import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { openScratch } from "./scratch.ts";
import { SpoolEntry } from "./spool-entry.ts";
import type { Body } from "./target.ts";

/**
 * One read, many destinations: blobs of sources on disk, where each is read once and given to any number of readers
 * while it still arrives. Memory does not grow with blobs, readers or their differences in speed.
 */
export interface Spool {
  /**
   * Shares one read of a blob. Nothing is read before the first reader comes. The same digest shared again, while it
   * still is, is the same entry: its body is then the one that was given first.
   * @param body the source's, unchecked; it is called again, with an offset, after a failure
   * @param source what the bytes come from, for errors
   */
  share(blob: Descriptor, body: Body, source?: string): SharedBody;
  /** Ends all reads and deletes the files. */
  close(): Promise<void>;
}

/** One user's hold on a shared read. */
export interface SharedBody {
  /**
   * The blob's bytes, verified: the last part is given only when the whole is known to be right. Each call is a reader
   * of its own pace, from any offset, as often as needed. Readers may be given the same memory, so none writes into it.
   *
   * What the source's read fails with, all readers are given that need more of it; the next call goes on from what is on
   * disk.
   * @throws CONTENT_MISMATCH, STORAGE_FULL, STORAGE_FAILED, and what the source's body throws
   */
  readonly body: Body;
  /** Gives up the hold; the last one deletes the file and ends a read that is under way. */
  release(): Promise<void>;
}

export interface SpoolOptions {
  /** Told of the bytes that really came from sources. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Makes a spool below a folder, which is created where needed, and deletes what killed processes left there.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function createSpool(folder: string, options: SpoolOptions = {}): Promise<Spool> {
  const scratch = await openScratch(folder);
  const entries = new Map<Digest, SpoolEntry>();

  return {
    share: (blob, body, source = folder) => {
      const entry = entries.get(blob.digest) ?? new SpoolEntry(scratch.fresh(), blob, body, source, options.onRead);
      entries.set(blob.digest, entry);
      entry.holds += 1;
      let isHeld = true;
      return {
        body: entry.body,
        release: async () => {
          if (!isHeld) return;
          isHeld = false;
          entry.holds -= 1;
          if (entry.holds > 0) return;
          entries.delete(blob.digest);
          await entry.close();
        },
      };
    },
    close: async () => {
      const open = [...entries.values()];
      entries.clear();
      await Promise.all(open.map((entry) => entry.close()));
      await scratch.remove();
    },
  };
}
