/** What a page has measured of one source: requests whose answers it may not read, only time. */
export interface Measurement {
  /** A source's id. */
  readonly source: string;
  /** When the last of them ended, milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds of each request that was answered, whatever the answer. */
  readonly times: readonly number[];
  /** How many were not: refused, cut, or given up. */
  readonly failed: number;
}

export type Way = { readonly kind: "unmeasured" } | { readonly kind: "unreachable" } | Reachable;

export interface Reachable {
  readonly kind: "reachable";
  /** The median, whole. */
  readonly milliseconds: number;
}

/** The median of the attempts, where one that failed is slower than any that did not: half of them failing is no way. */
export function wayOf(measurement: Measurement | undefined): Way {
  const { times = [], failed = 0 } = measurement ?? {};
  const total = times.length + failed;
  if (total === 0) return { kind: "unmeasured" };
  const median = times.toSorted((one, other) => one - other)[Math.floor(total / 2)];
  return median === undefined ? { kind: "unreachable" } : { kind: "reachable", milliseconds: Math.round(median) };
}
