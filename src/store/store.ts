import type {
  HostRecord,
  IncidentRecord,
  Instant,
  Lease,
  LogLine,
  MirrorRecord,
  NumberedLine,
  OutboxRecord,
  RunCounts,
  RunPoint,
  RunRecord,
  RunState,
  StoredError,
  TagRecord,
  TagSummary,
  TokenRecord,
  Trigger,
  WorkerRecord,
} from "./records.ts";

/**
 * History, and the work that is open. The same promises whichever database is behind it; one suite judges both. Losing
 * it loses no truth: registries say what is in step, and the configuration what should be.
 * All of it throws STORE_UNREACHABLE (retryable) where the database cannot be asked.
 */
export interface Store {
  readonly kind: "sqlite" | "postgres";
  readonly runs: Runs;
  readonly jobs: Jobs;
  readonly tags: Tags;
  readonly mirrors: Mirrors;
  readonly hosts: Hosts;
  readonly outbox: Outbox;
  readonly incidents: Incidents;
  readonly workers: Workers;
  readonly tokens: Tokens;
  /** Forgets ended runs with their logs, sent messages and silent workers from before then; the last run of a mirror stays. */
  forget(before: Instant): Promise<void>;
  /** Whether it answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What somebody wants to be run. */
export interface RunWish {
  readonly mirror: string;
  readonly trigger: Trigger;
  /** The same key never makes a second run, also when its run has ended: a tick, a webhook's id, a request's. */
  readonly key: string;
  readonly tags?: readonly string[];
  readonly by?: string;
  readonly at: Instant;
  /** The tick that it is for. */
  readonly tick?: Instant;
}

export interface Runs {
  /**
   * Queues a run with its plan job, or joins the one of its mirror that is queued and not begun: tags add up, and a wish
   * for all of them makes it one for all. A run that is under way is joined by no one: what comes then is queued behind it.
   */
  begin(wish: RunWish): Promise<{ readonly run: RunRecord; readonly isNew: boolean }>;
  get(id: string): Promise<RunRecord | undefined>;
  /** The latest first. */
  list(query: {
    readonly mirror?: string;
    readonly states?: readonly RunState[];
    /** Only those before this id. */
    readonly before?: string;
    readonly limit: number;
  }): Promise<readonly RunRecord[]>;
  /** The run under way and the one queued of each of these mirrors, and the last one that ended; in one question. */
  latest(mirrors: readonly string[]): Promise<readonly RunRecord[]>;
  /** A queued run ends at once; workers of one under way are told when they renew. False: it had ended. */
  cancel(id: string, at: Instant): Promise<boolean>;
  lines(id: string, after: number, limit: number): Promise<readonly NumberedLine[]>;
  /** Runs that ended since then, the earliest first. */
  points(mirror: string, since: Instant): Promise<readonly RunPoint[]>;
  /** How many runs have ended so since then, of all mirrors or of one. */
  ended(since: Instant, mirror?: string): Promise<Readonly<Partial<Record<RunState, number>>>>;
}

/** How a job ended. */
export interface JobResult {
  readonly at: Instant;
  readonly counts: RunCounts;
  readonly tags: readonly TagRecord[];
  readonly lines: readonly LogLine[];
  readonly hosts: readonly HostRecord[];
  /** The greatest lag of what it brought, milliseconds. */
  readonly lag?: number;
  /** What ended it before it was through. */
  readonly error?: StoredError;
  /**
   * Of a job that knows all tags of its mirror: records of destinations that are not named are forgotten.
   */
  readonly destinations?: ReadonlySet<string>;
}

export type Held = "held" | "cancelled" | "lost";

export interface Jobs {
  /**
   * Takes a job that is ready, or whose lease has run out, with the next epoch. At most one run of a mirror is under way:
   * a plan waits for the run before it. Nothing: there is none now.
   */
  claim(claim: { readonly worker: string; readonly at: Instant; readonly lease: number }): Promise<Lease | undefined>;
  /** Keeps a job for another `lease` milliseconds, and tells how far it is. `lost`: it is in other hands; stop, write nothing. */
  renew(
    lease: Lease,
    progress: {
      readonly at: Instant;
      readonly lease: number;
      readonly counts: RunCounts;
      readonly lines: readonly LogLine[];
    },
  ): Promise<Held>;
  /** Ends a plan with the batches that others may do side by side, all at once or not at all. False: it is in other hands. */
  split(lease: Lease, batches: readonly (readonly string[])[], result: JobResult): Promise<boolean>;
  /** Ends a job; the last of a run ends the run. False: it is in other hands, and nothing was written. */
  finish(lease: Lease, result: JobResult): Promise<boolean>;
  /** Gives a job back, so that anybody may take it at once. */
  giveBack(lease: Lease, at: Instant): Promise<void>;
  /** Resolves when there may be work, after `timeout` milliseconds at the latest. */
  wait(timeout: number, signal: AbortSignal): Promise<void>;
  /** Jobs that are ready or leased, for metrics. */
  depth(): Promise<{ readonly ready: number; readonly leased: number }>;
}

export interface Tags {
  /** Those of these destinations that are known. */
  find(mirror: string, destinations: readonly string[]): Promise<readonly TagRecord[]>;
  /** In order of destination. */
  list(
    mirror: string,
    query: {
      readonly state?: TagRecord["state"];
      readonly after?: string;
      readonly search?: string;
      readonly limit: number;
    },
  ): Promise<readonly TagRecord[]>;
  /** By mirror; those without records are left out. */
  summaries(since: Instant): Promise<ReadonlyMap<string, TagSummary>>;
  /** Forgets the mirrors that are not among these. */
  keepOnly(mirrors: readonly string[]): Promise<void>;
}

export interface Mirrors {
  all(): Promise<readonly MirrorRecord[]>;
  /** A tick that needs no run (it came while one was queued, or too late). */
  passTick(mirror: string, tick: Instant): Promise<void>;
}

export interface Hosts {
  all(): Promise<readonly HostRecord[]>;
}

export interface Outbox {
  /** A message that is known by its id and channel already is not put in again. */
  put(messages: readonly Pick<OutboxRecord, "id" | "channel" | "message" | "createdAt" | "nextAt">[]): Promise<void>;
  /** Takes those that are due for `hold` milliseconds, so that no other process sends them meanwhile. */
  take(at: Instant, hold: number, limit: number): Promise<readonly OutboxRecord[]>;
  /** What became of an attempt. */
  record(message: Pick<OutboxRecord, "id" | "channel" | "state" | "nextAt" | "sentAt" | "error">): Promise<void>;
  /** The latest first. */
  list(limit: number): Promise<readonly OutboxRecord[]>;
}

export interface Incidents {
  all(): Promise<readonly IncidentRecord[]>;
  put(incident: IncidentRecord): Promise<void>;
  remove(kind: string, subject: string): Promise<void>;
}

export interface Workers {
  seen(worker: WorkerRecord): Promise<void>;
  gone(id: string): Promise<void>;
  all(): Promise<readonly WorkerRecord[]>;
}

export interface Tokens {
  all(): Promise<readonly TokenRecord[]>;
  /** In place of one of the same name. */
  put(token: TokenRecord): Promise<void>;
  used(name: string, at: Instant): Promise<void>;
  remove(name: string): Promise<boolean>;
}
