import type { Schedule } from "../../config/schedule.ts";
import type { Instant, MirrorRecord, TagSummary } from "../../store/records.ts";
import type { MirrorHealth } from "../api/shapes.ts";

const HOUR = 3_600_000;

/** What is known of one mirror. */
export interface Known {
  readonly record?: MirrorRecord;
  readonly tags?: TagSummary;
  /** Milliseconds after which a mirror that was not seen in step is silent. Undefined: it never is. */
  readonly silence?: number;
  /** Since when the daemon has known it, for a mirror that has never run. */
  readonly since: Instant;
  readonly now: Instant;
}

/**
 * What a mirror is like, by what was compared and not by whether a job went well: `failing` where the last run failed,
 * `silent` where nobody has looked for too long, `behind` where a digest differs, `in-step` where all were compared and
 * are the same, `unknown` where nothing has been compared yet.
 */
export function healthOf({ record, tags, silence, since, now }: Known): MirrorHealth {
  if (record?.lastState === "failed") return "failing";
  if (silence !== undefined && now - (record?.lastSuccessAt ?? since) > silence) return "silent";
  if (tags === undefined || tags.total === 0) return record?.lastSuccessAt === undefined ? "unknown" : "in-step";
  if (tags.failed > 0) return "failing";
  return tags.behind > 0 ? "behind" : "in-step";
}

/** How long a mirror may not be seen in step: what the configuration says, else three of its intervals, at least an hour. */
export function silenceOf(
  schedule: Schedule | undefined,
  interval: number | undefined,
  configured: number | undefined,
): number | undefined {
  if (schedule === undefined) return undefined;
  return configured ?? Math.max(HOUR, 3 * (interval ?? HOUR));
}
