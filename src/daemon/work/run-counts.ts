import type { Outcome } from "../../copy/outcome.ts";
import { NO_RUN_COUNTS, type RunCounts } from "../../store/records.ts";

const COUNT_OF = { copied: "copied", skipped: "skipped", removed: "removed", failed: "failed" } as const;

/** What outcomes come to. @param requests that were made to registries for them */
export function countsOf(outcomes: Iterable<Outcome>, requests: number): RunCounts {
  const counts = { ...NO_RUN_COUNTS, requests };
  for (const outcome of outcomes) {
    counts[COUNT_OF[outcome.status]] += 1;
    counts.bytesRead += outcome.bytesRead;
    counts.bytesWritten += outcome.bytesWritten;
    counts.bytesMounted += outcome.bytesMounted;
    counts.bytesSkipped += outcome.bytesSkipped;
  }
  return counts;
}
