import type { Refusals } from "./entry.ts";

/** What an archive may become, so that a small one does not fill the disk. */
export interface UnpackLimits {
  /** Bytes in all. Default: 20,000,000,000. */
  readonly bytes?: number;
  /** Bytes for each byte of the archive, once more than `freeBytes` came out. Default: 1,000. */
  readonly ratio?: number;
  /** Default: 100,000,000. */
  readonly freeBytes?: number;
  /** Files, folders and links in all. Default: 500,000. */
  readonly entries?: number;
}

/** Counts what comes out of an archive. */
export interface Meter {
  /** @throws PACKAGE_TOO_LARGE */
  bytes(count: number): void;
  /** One more entry. @throws PACKAGE_TOO_LARGE */
  entry(): void;
}

/** @param packedBytes the archive's size */
export function startMeter(packedBytes: number, limits: UnpackLimits, refusals: Refusals): Meter {
  const { bytes: mostBytes = 20e9, ratio = 1000, freeBytes = 100e6, entries: mostEntries = 500_000 } = limits;
  let bytes = 0;
  let entries = 0;
  return {
    bytes: (count) => {
      bytes += count;
      if (bytes > mostBytes) throw refusals.tooLarge(`${mostBytes} bytes`);
      if (bytes > freeBytes && bytes > ratio * packedBytes) throw refusals.tooLarge(`${ratio} times its size`);
    },
    entry: () => {
      entries += 1;
      if (entries > mostEntries) throw refusals.tooLarge(`${mostEntries} files, folders and links`);
    },
  };
}
