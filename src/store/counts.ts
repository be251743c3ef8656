import type { RunCounts } from "./records.ts";

/** The same of each count. */
export function eachCount<T>(of: (name: keyof RunCounts) => T): Readonly<Record<keyof RunCounts, T>> {
  return {
    copied: of("copied"),
    skipped: of("skipped"),
    removed: of("removed"),
    failed: of("failed"),
    bytesRead: of("bytesRead"),
    bytesWritten: of("bytesWritten"),
    bytesMounted: of("bytesMounted"),
    bytesSkipped: of("bytesSkipped"),
    requests: of("requests"),
  };
}

/** The counts among the columns of a row. */
export function countsOf(row: RunCounts): RunCounts {
  return eachCount((name) => row[name]);
}

export function addCounts(one: RunCounts, other: RunCounts): RunCounts {
  return eachCount((name) => one[name] + other[name]);
}
