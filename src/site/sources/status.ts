/**
 * `status.json`: how the mirrors are, as `slipway serve` tells everybody, in the manner of tunasync's. Instants come twice:
 * as text (ISO 8601) for people, and in seconds since 1970 under the same name with `_ts`.
 * https://github.com/tuna/tunasync/blob/master/docs/zh_CN/get_started.md
 */
export interface StatusFile {
  readonly version: 1;
  readonly generated: string;
  readonly generated_ts: number;
  readonly mirrors: readonly MirrorStatus[];
}

export const MIRROR_STATES = ["success", "syncing", "failed", "paused", "unknown"] as const;
export type MirrorState = (typeof MIRROR_STATES)[number];

export interface MirrorStatus {
  readonly name: string;
  /** `docker.io/newbe36524/hagicode` */
  readonly upstream: string;
  readonly destinations: readonly DestinationStatus[];
  readonly status: MirrorState;
  /** When everything was last seen in step. */
  readonly last_update: string | null;
  readonly last_update_ts: number | null;
  readonly last_started: string | null;
  readonly last_started_ts: number | null;
  readonly last_ended: string | null;
  readonly last_ended_ts: number | null;
  readonly next_schedule: string | null;
  readonly next_schedule_ts: number | null;
  /** Bytes that were written to bring it about, as far as is known. */
  readonly size: number | null;
}

export const DESTINATION_STATES = ["success", "syncing", "failed", "unknown"] as const;
export type DestinationState = (typeof DESTINATION_STATES)[number];

export interface DestinationStatus {
  /** `registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode` */
  readonly repository: string;
  readonly status: DestinationState;
  readonly tags: TagCounts;
  /** From the change of what is behind at the source until now, else of what arrived last until it did. */
  readonly lag_seconds: number | null;
  readonly last_update: string | null;
  readonly last_update_ts: number | null;
}

/** By digest: how many tags there are, and how many of them are the source's. */
export interface TagCounts {
  readonly total: number;
  readonly in_step: number;
  readonly behind: number;
  readonly failed: number;
}
