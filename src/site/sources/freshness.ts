import type { Source } from "../model.ts";
import type { DestinationStatus, StatusFile, TagCounts } from "./status.ts";

/** Milliseconds since 1970. */
type Instant = number;

/**
 * Whether a source has what the origin has, by the digests that `slipway serve` has compared. `catching-up`: not all of it,
 * but no longer than its interval allows; `late`: for longer. `unknown`: nobody has looked.
 */
export type Freshness =
  | { readonly kind: "origin" }
  | { readonly kind: "unknown" }
  | {
      readonly kind: "in-step" | "catching-up" | "late";
      readonly tags: TagCounts;
      /** Seconds. */
      readonly lag?: number;
      /** When all of it was last seen in step. */
      readonly lastSync?: Instant;
      /** When the status was made. */
      readonly asOf: Instant;
    };

const HOUR = 3_600_000;

/**
 * How long a source may be behind, or what is said of it be old, milliseconds: two of its intervals and an hour at least, or
 * two days where none is known.
 */
export function patienceFor({ every }: Pick<Source, "every">): number {
  return every === undefined ? 48 * HOUR : Math.max(2 * every, HOUR);
}

/** Of a source, by all mirrors that write there. */
export function freshnessOf(source: Source, status: StatusFile | undefined): Freshness {
  if (source.isOrigin) return { kind: "origin" };
  const all = status?.mirrors.flatMap(({ destinations }) => destinations) ?? [];
  const found = all.filter(({ repository }) => repository === source.image);
  if (status === undefined || found.length === 0) return { kind: "unknown" };
  const tags = found.map((destination) => destination.tags).reduce(added);
  const hasFailed = found.some((destination) => destination.status === "failed");
  if (tags.total === 0 && !hasFailed) return { kind: "unknown" };
  const asOf = status.generated_ts * 1000;
  const lag = greatest(found.map(({ lag_seconds }) => lag_seconds));
  const lastSync = lastSyncOf(found);
  const facts = { tags, asOf, ...(lag !== undefined && { lag }), ...(lastSync !== undefined && { lastSync }) };
  if (tags.in_step === tags.total && !hasFailed) return { kind: "in-step", ...facts };
  const behindFor = lag === undefined ? asOf - (lastSync ?? 0) : lag * 1000;
  return { kind: behindFor <= patienceFor(source) ? "catching-up" : "late", ...facts };
}

function added(one: TagCounts, other: TagCounts): TagCounts {
  return {
    total: one.total + other.total,
    in_step: one.in_step + other.in_step,
    behind: one.behind + other.behind,
    failed: one.failed + other.failed,
  };
}

function greatest(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** The earliest of them: what one mirror brings is not there because another's is. */
function lastSyncOf(found: readonly DestinationStatus[]): Instant | undefined {
  const known = found.flatMap(({ last_update_ts }) => last_update_ts ?? []);
  return known.length < found.length ? undefined : Math.min(...known) * 1000;
}
