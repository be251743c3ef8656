import { storageFailure } from "../../target/storage-failure.ts";
import { SlipwayError } from "../../words/error.ts";
import type { Refusals } from "./entry.ts";
import type { Meter } from "./limits.ts";

/** An archive that is being read. */
export interface Reading {
  readonly file: string;
  readonly meter: Meter;
  readonly refuse: Refusals;
  readonly signal: AbortSignal | undefined;
  /** The error for what a library threw while it read the archive. */
  failed(thrown: unknown): unknown;
  /** Runs a part of the reading. @throws its error, as {@link failed} gives it */
  of<T>(work: () => Promise<T>): Promise<T>;
}

export function readingOf(file: string, meter: Meter, refuse: Refusals, signal: AbortSignal | undefined): Reading {
  const failed = (thrown: unknown): unknown => {
    if (signal?.aborted) return signal.reason;
    if (thrown instanceof SlipwayError) return thrown;
    // What the system says is of the disk; all else is of the bytes.
    if (thrown instanceof Error && "syscall" in thrown) return storageFailure(file, thrown);
    return refuse.damaged(thrown instanceof Error ? thrown.message : String(thrown), thrown);
  };
  return {
    file,
    meter,
    refuse,
    signal,
    failed,
    of: async (work) => {
      try {
        return await work();
      } catch (thrown) {
        throw failed(thrown);
      }
    },
  };
}
