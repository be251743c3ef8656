import type { Notes } from "../notes.ts";
import { type Spool, type SpoolOptions, WorkspaceSpool } from "./spool.ts";
import { notesIn } from "./upload-notes.ts";
import { openWorkspace } from "./workspace.ts";

export interface CacheOptions extends SpoolOptions {
  /** Bytes that may stay for later runs. Default 10 GB. */
  readonly limit?: number;
}

export const DEFAULT_LIMIT_BYTES = 10_000_000_000;

/**
 * What a run keeps on disk: blobs on their way to several destinations, and where half-written uploads go on. What a run
 * does not finish, also one that is killed, the next one goes on with; what it finishes is deleted. Any number of
 * processes may use the same folder. Nothing that is found there is trusted without its digest.
 */
export interface Cache {
  readonly spool: Spool;
  readonly uploads: Notes;
  /** Ends all reads; what is not finished stays for the next run. */
  close(): Promise<void>;
}

/** @param folder created where needed @throws STORAGE_FULL, STORAGE_FAILED */
export async function openCache(folder: string, options: CacheOptions = {}): Promise<Cache> {
  const workspace = await openWorkspace(folder, options.limit ?? DEFAULT_LIMIT_BYTES);
  const spool = new WorkspaceSpool(workspace, options);
  return {
    spool,
    uploads: notesIn(workspace),
    close: async () => {
      await spool.close();
      await workspace.close();
    },
  };
}
