import type {
  Batch,
  EndedRuns,
  HostRecord,
  IncidentRecord,
  Instant,
  Lease,
  LogLine,
  MirrorRecord,
  MirrorTags,
  NumberedLine,
  OutboxCount,
  OutboxRecord,
  RunCounts,
  RunPoint,
  RunRecord,
  RunState,
  StoredError,
  TagRecord,
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
  /**
   * Forgets what ended before then: runs with their logs and keys, messages that were sent or given up, workers that were
   * not seen since. The last run of a mirror stays. A little at a time, so that others need not wait for it.
   */
  forget(before: Instant): Promise<void>;
  /** Whether it answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What somebody wants to be run. */
export interface RunWish {
  readonly mirror: string;
  readonly trigger: Trigger;
  /**
   * The same key of a mirror never makes a second run, also when its run has ended: a tick, a webhook's id, a request's.
   * It is known as long as that run is.
   */
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
  /** What has ended since then, by mirror; those of which nothing has are left out. */
  ended(since: Instant): Promise<ReadonlyMap<string, EndedRuns>>;
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

/** How far a job is. */
export interface Progress {
  readonly at: Instant;
  /** Milliseconds. */
  readonly lease: number;
  /** Of this attempt, so far. */
  readonly counts: RunCounts;
  /** Those since the last call that was answered, in order; after a call that threw, the same ones again. */
  readonly lines: readonly LogLine[];
}

export interface Jobs {
  /**
   * Takes a job whose lease has run out, or one that is ready, with the next epoch. At most one run of a mirror is under
   * way: a plan waits for the run before it. Nothing: there is none now. Leases are measured by the clocks of those who
   * ask, which therefore have to go alike to a few seconds.
   */
  claim(claim: { readonly worker: string; readonly at: Instant; readonly lease: number }): Promise<Lease | undefined>;
  /** Keeps a job for another `lease` milliseconds, and tells how far it is. `lost`: it is in other hands; stop, write nothing. */
  renew(lease: Lease, progress: Progress): Promise<Held>;
  /** Ends a plan with the batches that others may do side by side, all at once or not at all. False: it is in other hands. */
  split(lease: Lease, batches: readonly Batch[], result: JobResult): Promise<boolean>;
  /**
   * Ends a job; the last of a run ends the run. Whoever lost the answer asks again: it was done once, and the answer is
   * the same. False: it is in other hands, and nothing was written.
   */
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
  /** All records of so many tags of the source, in order of tag, then destination. */
  list(
    mirror: string,
    query: {
      /** Only tags that are so at one of their destinations. */
      readonly state?: TagRecord["state"];
      /** Only those behind this tag. */
      readonly after?: string;
      /** Only tags that have this in their name. */
      readonly search?: string;
      /** Of tags. */
      readonly limit: number;
    },
  ): Promise<readonly TagRecord[]>;
  /** By mirror; those without records are left out. @param since of `lag` */
  summaries(since: Instant): Promise<ReadonlyMap<string, MirrorTags>>;
  /** Forgets the mirrors that are not among these: their tags, and what is known of them, once no run of theirs is open. */
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
  put(messages: readonly NewMessage[]): Promise<void>;
  /** Takes those that are due for `hold` milliseconds, so that no other process sends them meanwhile. */
  take(at: Instant, hold: number, limit: number): Promise<readonly OutboxRecord[]>;
  /** What became of an attempt. */
  record(message: Pick<OutboxRecord, "id" | "channel" | "state" | "nextAt" | "sentAt" | "error">): Promise<void>;
  /** The latest first. */
  list(limit: number): Promise<readonly OutboxRecord[]>;
  /** How many there are of each channel in each state, for metrics. */
  counts(): Promise<readonly OutboxCount[]>;
}

export interface Incidents {
  all(): Promise<readonly IncidentRecord[]>;
  /**
   * Changes what is known to be wrong and puts what is said of it into the outbox, in one transaction: so nobody, killed
   * at any instant or beside another process, says a thing twice or not at all. False: one of them is no longer as it
   * was read, and nothing was written.
   */
  change(changes: readonly IncidentChange[], messages: readonly NewMessage[]): Promise<boolean>;
}

/** What becomes of one incident. Without `was` there was none; without `is` it is over. Both are of one kind and subject. */
export interface IncidentChange {
  readonly was?: IncidentRecord;
  readonly is?: IncidentRecord;
}

/** A message that is to be delivered. */
export type NewMessage = Pick<OutboxRecord, "id" | "channel" | "message" | "createdAt" | "nextAt">;

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
