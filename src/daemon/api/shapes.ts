import type {
  HostRecord,
  Instant,
  OutboxRecord,
  Role,
  RunCounts,
  RunPoint,
  RunState,
  TagSummary,
  Trigger,
  WorkerRecord,
} from "../../store/records.ts";

/**
 * What the API answers with: the dashboard reads nothing else. Instants are milliseconds since 1970; errors are in the
 * reader's language (`Accept-Language`, or `?lang=`).
 */
export interface ErrorShape {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
}

/** What a mirror is like now. `unknown`: it has never been looked at. `in-step` only where digests were compared. */
export type MirrorHealth = "in-step" | "behind" | "failing" | "silent" | "unknown";

/** `GET /api/v1/mirrors`, `GET /api/v1/mirrors/{name}` */
export interface MirrorShape {
  readonly name: string;
  readonly source: string;
  readonly destinations: readonly string[];
  readonly schedule: { readonly every?: number; readonly cron?: string; readonly timeZone?: string };
  readonly health: MirrorHealth;
  readonly tags: TagSummary;
  readonly nextRunAt?: Instant;
  readonly lastSuccessAt?: Instant;
  readonly lastRun?: RunShape;
  readonly activeRun?: RunShape;
  readonly queuedRun?: RunShape;
  /** Of the hosts that it reads from and writes to. */
  readonly limits: readonly HostRecord[];
  /** Over the last seven days, against the targets of the configuration. */
  readonly targets: {
    readonly successRate?: number;
    readonly successTarget: number;
    /** Milliseconds; the greatest. */
    readonly lag?: number;
    readonly lagTarget: number;
  };
}

/** `GET /api/v1/runs?mirror=&state=&before=&limit=`, `GET /api/v1/runs/{id}` */
export interface RunShape {
  readonly id: string;
  readonly mirror: string;
  readonly trigger: Trigger;
  readonly by?: string;
  readonly tags?: readonly string[];
  readonly state: RunState;
  readonly queuedAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly counts: RunCounts;
  readonly jobs: { readonly total: number; readonly ended: number };
  readonly error?: ErrorShape;
}

/** `GET /api/v1/runs/{id}/log?after=`, and each `line` event of `GET /api/v1/runs/{id}/events`. */
export interface LineShape {
  readonly number: number;
  readonly at: Instant;
  readonly level: "info" | "warn" | "error";
  readonly text: string;
  readonly error?: ErrorShape;
}

/** `GET /api/v1/mirrors/{name}/tags?state=&search=&after=`: one row a tag, by digest. */
export interface TagRowShape {
  readonly tag: string;
  readonly sourceDigest?: string;
  readonly destinations: readonly {
    readonly destination: string;
    readonly state: "in-step" | "behind" | "failed";
    readonly digest?: string;
    readonly checkedAt: Instant;
    readonly behindSince?: Instant;
    readonly lag?: number;
    readonly error?: ErrorShape;
  }[];
}

export interface Page<T> {
  readonly items: readonly T[];
  /** What `after` or `before` is to be for the next page. Left out: there is none. */
  readonly next?: string;
}

/** `GET /api/v1/mirrors/{name}/points?since=`: runs that ended since then, the earliest first; else of thirty days. */
export type PointShape = RunPoint;

/** `GET /api/v1/overview` */
export interface OverviewShape {
  readonly project: string;
  readonly version: string;
  readonly now: Instant;
  readonly role: Role;
  readonly store: "sqlite" | "postgres";
  readonly mirrors: {
    readonly total: number;
    readonly inStep: number;
    readonly behind: number;
    readonly failing: number;
    readonly silent: number;
    readonly unknown: number;
  };
  readonly queue: { readonly ready: number; readonly leased: number };
  readonly workers: readonly WorkerRecord[];
  readonly incidents: readonly IncidentShape[];
  readonly channels: readonly string[];
  readonly configuration: {
    readonly file: string;
    readonly loadedAt: Instant;
    /** Why the file as it is now was refused: the one before counts on. */
    readonly error?: ErrorShape;
  };
}

export interface IncidentShape {
  readonly kind: string;
  readonly subject: string;
  readonly since: Instant;
  readonly times: number;
  /** In the reader's language. */
  readonly text: string;
}

/** `GET /api/v1/deliveries`: messages to people, and what became of them. */
export type DeliveryShape = Omit<OutboxRecord, "message" | "error"> & {
  readonly title: string;
  readonly error?: ErrorShape;
};

/** `POST /api/v1/mirrors/{name}/sync` with `{ "tags"?: string[] }` → 202; `POST /api/v1/runs/{id}/cancel` → 202. */
export interface QueuedShape {
  readonly run: RunShape;
  readonly isNew: boolean;
}

/** Events of `GET /api/v1/events` (SSE): something about these mirrors has changed; ask again. */
export interface ChangeEvent {
  readonly mirrors: readonly string[];
}

/** Events of `GET /api/v1/runs/{id}/events` (SSE): its lines, itself when it has changed, and `end` when it has ended. */
export type RunEvent =
  | { readonly event: "line"; readonly data: LineShape }
  | { readonly event: "run" | "end"; readonly data: RunShape };

/** `GET /api/v1/session`, and `POST /api/v1/session` with `{ "token": string }`: who is logged in. */
export interface SessionShape {
  /** Of the token. */
  readonly name: string;
  readonly role: Role;
}

/** `GET /api/v1/tokens` */
export interface TokenShape {
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Instant;
  /** To the minute. */
  readonly usedAt?: Instant;
}

/** `POST /api/v1/tokens` with `{ "name": string, "role": Role }` → 201: the only time that a token is told. */
export interface NewTokenShape extends TokenShape {
  readonly token: string;
}

/** `POST /api/v1/reload`: what counts now, and why another configuration does not. */
export interface ReloadShape {
  readonly loadedAt: Instant;
  readonly error?: ErrorShape;
}

/** `POST /api/v1/channels/{name}/test`: whether a message was delivered. */
export interface TestShape {
  readonly delivered: boolean;
  readonly error?: ErrorShape;
}
