import type { SourceState } from "../model.ts";
import type { Candidate } from "./candidate.ts";
import type { Freshness } from "./freshness.ts";
import type { Hint } from "./hint.ts";
import type { Way } from "./measurement.ts";
import type { Reason } from "./reason.ts";

/** What has been measured of all that can be chosen. */
export interface Field {
  /** Whether any of them answered. */
  readonly measured: boolean;
  /** The shortest of several ways, milliseconds. */
  readonly fastest?: number;
}

/** What speaks for a source and against it, the weightiest first. */
export function reasonsOf(candidate: Candidate, { measured, fastest }: Field): readonly Reason[] {
  const { source, way, freshness, hint } = candidate;
  const { state, limits } = source;
  if (state.kind === "paused") return [{ key: "paused", ...reasonAndDate(state) }];
  return [
    ...(state.kind === "degraded" ? [{ key: "degraded", ...reasonAndDate(state) } as const] : []),
    ...(measured ? wayReasons(way, fastest) : []),
    ...(freshness === undefined ? [] : freshnessReasons(freshness)),
    ...(limits === undefined ? [] : [{ key: "limited", limits } as const]),
    ...hintReasons(hint),
  ];
}

function reasonAndDate({ reason, since }: Exclude<SourceState, { kind: "active" }>) {
  return { reason, ...(since !== undefined && { since }) };
}

function wayReasons(way: Way, fastest: number | undefined): readonly Reason[] {
  if (way.kind !== "reachable") return [{ key: way.kind }];
  const { milliseconds } = way;
  return [{ key: milliseconds === fastest ? "fastest" : "answers", milliseconds }];
}

function freshnessReasons(freshness: Freshness): readonly Reason[] {
  if (freshness.kind === "origin") return [{ key: "origin" }];
  if (freshness.kind === "unknown") return [{ key: "unchecked" }];
  const { kind, tags, lag } = freshness;
  if (kind === "in-step") return [{ key: kind, total: tags.total }];
  return [{ key: kind, missing: tags.total - tags.in_step, total: tags.total, ...(lag !== undefined && { lag }) }];
}

function hintReasons(hint: Hint): readonly Reason[] {
  if (hint.kind === "none") return [];
  return hint.kind === "language" ? [{ key: hint.kind }] : [{ key: hint.kind, timeZone: hint.timeZone }];
}
