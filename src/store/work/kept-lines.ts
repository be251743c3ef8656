import type { Lease, LogLine } from "../records.ts";

/**
 * How many log lines of each lease are known to be kept. Where an answer was lost the caller sends the same lines again,
 * and the job's row counts more than this does: those are there already.
 */
export class KeptLines {
  readonly #counts = new Map<string, number>();

  of(lease: Lease): number {
    return this.#counts.get(nameOf(lease)) ?? 0;
  }

  add(lease: Lease, count: number): void {
    this.#counts.set(nameOf(lease), this.of(lease) + count);
  }

  forget(lease: Lease): void {
    this.#counts.delete(nameOf(lease));
  }
}

/** Of lines that are sent, perhaps again, those that the database does not have. */
export function unknownOf(
  lines: readonly LogLine[],
  job: { readonly lines: number },
  kept: number,
): readonly LogLine[] {
  return lines.slice(Math.max(0, job.lines - kept));
}

function nameOf({ job, epoch }: Lease): string {
  return `${job.id} ${epoch}`;
}
