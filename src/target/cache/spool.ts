import type { Descriptor } from "../../oci/descriptor.ts";
import type { Digest } from "../../oci/digest.ts";
import type { Body } from "../target.ts";
import { SpoolEntry } from "./spool-entry.ts";
import type { Workspace } from "./workspace.ts";

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
  share(blob: Descriptor, body: Body, source: string): SharedBody;
  /** Whether something of the blob is here already, left by an earlier run or shared now: then the source need not be read for it again. */
  has(blob: Descriptor): boolean;
}

/** One user's hold on a shared read. The last one to go ends a read that is under way. */
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
  /** Says how many readers there are and will be: those who come soon are worth waiting for. */
  expect(readers: number): void;
  /** This user has no more use for it. Where all say so, the file is deleted. */
  release(): Promise<void>;
  /** This user ends without having made use of it: what is on disk stays for another try, or another run. */
  giveUp(): Promise<void>;
}

export interface SpoolOptions {
  /** Told of the bytes that really came from sources. */
  readonly onRead?: (bytes: number) => void;
}

/** The blobs of one run, in its workspace. */
export class WorkspaceSpool implements Spool {
  readonly #workspace: Workspace;
  readonly #options: SpoolOptions;
  readonly #entries = new Map<Digest, { readonly entry: SpoolEntry; isGivenUp: boolean }>();

  constructor(workspace: Workspace, options: SpoolOptions) {
    this.#workspace = workspace;
    this.#options = options;
  }

  has({ digest }: Descriptor): boolean {
    return this.#entries.has(digest) || this.#workspace.has(nameOf(digest));
  }

  share(blob: Descriptor, source: Body, sourceName: string): SharedBody {
    const { digest } = blob;
    const claim = () => this.#workspace.claim(nameOf(digest));
    const held = this.#entries.get(digest) ?? {
      entry: new SpoolEntry({ claim, blob, source, sourceName, ...this.#options }),
      isGivenUp: false,
    };
    this.#entries.set(digest, held);
    held.entry.holds += 1;
    let isHeld = true;
    const end = async (isGivenUp: boolean) => {
      if (!isHeld) return;
      isHeld = false;
      held.isGivenUp ||= isGivenUp;
      held.entry.holds -= 1;
      if (held.entry.holds > 0) return;
      this.#entries.delete(digest);
      await this.#end(held.entry, digest, held.isGivenUp);
    };
    const { entry } = held;
    return {
      body: entry.body,
      expect: (readers) => entry.expect(readers),
      release: () => end(false),
      giveUp: () => end(true),
    };
  }

  /** Ends all reads. */
  async close(): Promise<void> {
    const open = [...this.#entries];
    this.#entries.clear();
    await Promise.all(open.map(([digest, { entry }]) => this.#end(entry, digest, true)));
  }

  async #end(entry: SpoolEntry, digest: Digest, isKept: boolean): Promise<void> {
    await entry.close();
    const name = nameOf(digest);
    if (isKept && entry.isWorthKeeping) await this.#workspace.leave(name);
    else await this.#workspace.delete(name);
  }
}

/** Digests hold a colon. */
function nameOf(digest: Digest): string {
  return digest.replace(":", "-");
}
