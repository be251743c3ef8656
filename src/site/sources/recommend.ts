import type { Source } from "../model.ts";
import type { Candidate } from "./candidate.ts";
import { type Freshness, freshnessOf, patienceFor } from "./freshness.ts";
import { type Hint, hintOf, type Visitor } from "./hint.ts";
import { type Measurement, type Way, wayOf } from "./measurement.ts";
import type { Reason } from "./reason.ts";
import { reasonsOf } from "./reasons.ts";
import type { StatusFile } from "./status.ts";

export interface Question {
  /** In the order of the configuration. */
  readonly sources: readonly Source[];
  readonly measurements: readonly Measurement[];
  readonly status?: StatusFile | undefined;
  readonly visitor: Visitor;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Recommendation {
  /** All of them, the best first; paused ones last. */
  readonly ranked: readonly Ranked[];
  /** The id of the first that can be chosen; none where all are paused. */
  readonly recommended?: string;
  /** When the last measurement ended. Left out: nothing answered, and time zone and language are all there is to go by. */
  readonly measuredAt?: number;
}

export interface Ranked {
  readonly source: Source;
  readonly reasons: readonly Reason[];
}

/** What a fact besides the way there is worth, in milliseconds of it. */
const WORTH = { limits: 25, catchingUp: 25, region: 25, language: 10 } as const;

/**
 * Which source to pull from: one that answers, is not degraded, is in step, and then the one with the shortest way; small
 * differences are outweighed by limits and by what time zone and language say. Without measurements, those say first.
 * The same question has the same answer, and only `now` tells how old a status is.
 */
export function recommend({ sources, measurements, status, visitor, now }: Question): Recommendation {
  const ways = new Map(measurements.map((one) => [one.source, wayOf(one)]));
  const answered = sources.filter(({ id, state }) => state.kind !== "paused" && ways.get(id)?.kind === "reachable");
  const measured = answered.length > 0;
  const candidates = sources.map((source): Candidate => {
    const freshness = status === undefined ? undefined : currentOf(source, status, now);
    // Where nothing answers at all, it is this page or this network that cannot ask: it says nothing of the sources.
    const way: Way = (measured ? ways.get(source.id) : undefined) ?? { kind: "unmeasured" };
    return { source, way, hint: hintOf(source, visitor), ...(freshness !== undefined && { freshness }) };
  });
  const order = candidates.map((candidate, index) => ({ candidate, rank: [...rankOf(candidate, measured), index] }));
  order.sort((one, other) => compareRanks(one.rank, other.rank));
  const field = { measured, ...fastestOf(candidates) };
  const ranked = order.map(({ candidate }) => ({ source: candidate.source, reasons: reasonsOf(candidate, field) }));
  const recommended = ranked.find(({ source }) => source.state.kind !== "paused")?.source.id;
  return {
    ranked,
    ...(recommended !== undefined && { recommended }),
    ...(measured && { measuredAt: Math.max(...measurements.map(({ at }) => at)) }),
  };
}

/** Of one alone nothing is told: it has been compared with none. */
function fastestOf(candidates: readonly Candidate[]): { readonly fastest?: number } {
  const usable = candidates.filter(({ source }) => source.state.kind !== "paused");
  const times = usable.flatMap(({ way }) => (way.kind === "reachable" ? [way.milliseconds] : []));
  return times.length < 2 ? {} : { fastest: Math.min(...times) };
}

/** What a status of long ago says of a mirror is not so any more. */
function currentOf(source: Source, status: StatusFile, now: number): Freshness {
  const freshness = freshnessOf(source, status);
  const isOld = "asOf" in freshness && now - freshness.asOf > patienceFor(source);
  return isOld ? { kind: "unknown" } : freshness;
}

/** Less is better, the first number first. */
function rankOf({ source, way, freshness, hint }: Candidate, measured: boolean): readonly number[] {
  const { state, limits, isOrigin, speed = 0, stability = 0 } = source;
  const cost = (milliseconds: number) =>
    milliseconds +
    (limits === undefined ? 0 : WORTH.limits) +
    (freshness?.kind === "catching-up" ? WORTH.catchingUp : 0) -
    WORTH_OF_HINT[hint.kind];
  return [
    state.kind === "paused" ? 1 : 0,
    way.kind === "unreachable" ? 1 : 0,
    state.kind === "degraded" ? 1 : 0,
    freshness?.kind === "late" ? 1 : 0,
    measured && way.kind === "unmeasured" ? 1 : 0,
    way.kind === "reachable" ? cost(way.milliseconds) : 0,
    -WORTH_OF_HINT[hint.kind],
    isOrigin ? 0 : 1,
    -speed,
    -stability,
  ];
}

const WORTH_OF_HINT: Readonly<Record<Hint["kind"], number>> = {
  region: WORTH.region,
  language: WORTH.language,
  none: 0,
  "other-region": -WORTH.region,
};

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}
