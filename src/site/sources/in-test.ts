/** Sources and statuses of tests. */
import type { Localized, Source } from "../model.ts";
import type { DestinationStatus, StatusFile } from "./status.ts";

export const NOW = Date.UTC(2026, 1, 1, 12);

export function both(text: string): Localized {
  return { en: text, "zh-CN": text };
}

/** A mirror that is brought in step every half hour. */
export function source(id: string, more: Partial<Source> = {}): Source {
  return {
    id,
    name: both(id),
    image: `${id}.example/a/b`,
    audience: both("all"),
    isOrigin: false,
    every: 30 * 60_000,
    hints: { timeZones: [], languages: [] },
    probe: `https://${id}.example/v2/`,
    state: { kind: "active" },
    ...more,
  };
}

/** One mirror that writes to these sources, all in step unless said otherwise. @param age milliseconds before {@link NOW} */
export function statusOf(destinations: Readonly<Record<string, Partial<DestinationStatus>>>, age = 0): StatusFile {
  const at = (NOW - age) / 1000;
  const none = { last_started: null, last_started_ts: null, last_ended: null, last_ended_ts: null };
  return {
    version: 1,
    generated: new Date(at * 1000).toISOString(),
    generated_ts: at,
    mirrors: [
      {
        name: "a-b",
        upstream: "hub.example/a/b",
        status: "success",
        ...none,
        last_update: null,
        last_update_ts: null,
        next_schedule: null,
        next_schedule_ts: null,
        size: null,
        destinations: Object.entries(destinations).map(([id, more]) => ({
          repository: `${id}.example/a/b`,
          status: "success",
          tags: { total: 10, in_step: 10, behind: 0, failed: 0 },
          lag_seconds: null,
          last_update: null,
          last_update_ts: null,
          ...more,
        })),
      },
    ],
  };
}
