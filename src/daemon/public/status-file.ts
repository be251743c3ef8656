import type { DestinationState, DestinationStatus, MirrorStatus, StatusFile } from "../../site/sources/status.ts";
import type { Instant, TagSummary } from "../../store/records.ts";
import type { MirrorState } from "../status/mirror-state.ts";

/** `status.json`: what everybody may know. */
export function statusFile(states: readonly MirrorState[], now: Instant): StatusFile {
  return {
    version: 1,
    generated: new Date(now).toISOString(),
    generated_ts: Math.floor(now / 1000),
    mirrors: states.map((state) => mirrorStatus(state, now)),
  };
}

function mirrorStatus(state: MirrorState, now: Instant): MirrorStatus {
  const { mirror, record, active, tags, nextRunAt } = state;
  const updated = record?.lastSuccessAt;
  const started = active?.startedAt ?? record?.lastStartedAt;
  const ended = record?.lastEndedAt;
  return {
    name: mirror.name,
    upstream: mirror.source,
    destinations: mirror.destinations.map((repository) =>
      destinationStatus(repository, state, tags?.destinations.get(repository), now),
    ),
    status: statusOf(state),
    last_update: text(updated),
    last_update_ts: seconds(updated),
    last_started: text(started),
    last_started_ts: seconds(started),
    last_ended: text(ended),
    last_ended_ts: seconds(ended),
    next_schedule: text(nextRunAt),
    next_schedule_ts: seconds(nextRunAt),
    // What lies at the destinations is more than what any run has written: it is not known.
    size: null,
  };
}

/** What fails is told until it no longer does, also while somebody tries again. */
function statusOf({ health, active }: MirrorState): MirrorStatus["status"] {
  if (health === "failing" || health === "silent") return "failed";
  if (active !== undefined || health === "behind") return "syncing";
  return health === "in-step" ? "success" : "unknown";
}

function destinationStatus(
  repository: string,
  { active, record, health }: MirrorState,
  summary: TagSummary | undefined,
  now: Instant,
): DestinationStatus {
  const { total = 0, inStep = 0, behind = 0, failed = 0, inStepAt } = summary ?? {};
  const isIdle = active === undefined && behind === 0;
  const whenIdle = (): DestinationState => {
    if (total === 0) return record?.lastSuccessAt === undefined ? "unknown" : "success";
    return health === "silent" ? "failed" : "success";
  };
  return {
    repository,
    status: failed > 0 ? "failed" : isIdle ? whenIdle() : "syncing",
    tags: { total, in_step: inStep, behind, failed },
    lag_seconds: lagOf(summary, now),
    last_update: text(inStepAt),
    last_update_ts: seconds(inStepAt),
  };
}

/** Seconds: of what is behind until now, else of what arrived last until it did. Null: nothing is known. */
export function lagOf(summary: TagSummary | undefined, now: Instant): number | null {
  const lag = summary?.behindSince === undefined ? summary?.lag : Math.max(0, now - summary.behindSince);
  return lag === undefined ? null : Math.round(lag / 1000);
}

function text(at: Instant | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function seconds(at: Instant | undefined): number | null {
  return at === undefined ? null : Math.floor(at / 1000);
}
