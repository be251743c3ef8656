import type { Side } from "../words/error.ts";

/** Milliseconds since 1970-01-01T00:00Z, as of `Date.now()`. */
export type Instant = number;

/** An error as it is kept: words are found when somebody reads it. Facts never hold secrets. */
export interface StoredError {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly side?: Side;
  readonly retryable: boolean;
}

/** What made a run begin. `catch-up`: ticks went by while nobody was there. */
export type Trigger = "schedule" | "catch-up" | "manual" | "webhook";

export type RunState = "queued" | "running" | "done" | "partial" | "failed" | "cancelled";

/** What a run, or a part of it, came to. Bytes, and images at one destination each. */
export interface RunCounts {
  readonly copied: number;
  readonly skipped: number;
  readonly removed: number;
  readonly failed: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly bytesMounted: number;
  readonly bytesSkipped: number;
  readonly requests: number;
}

export const NO_RUN_COUNTS: RunCounts = {
  copied: 0,
  skipped: 0,
  removed: 0,
  failed: 0,
  bytesRead: 0,
  bytesWritten: 0,
  bytesMounted: 0,
  bytesSkipped: 0,
  requests: 0,
};

/** One sync of one mirror. Registries are the truth: a run is history, and what is open of it. */
export interface RunRecord {
  /** Later runs have greater ones (UUID version 7). */
  readonly id: string;
  /** The mirror's name in the configuration. */
  readonly mirror: string;
  readonly trigger: Trigger;
  /** Only these tags of the source. Left out: all that the mirror means. */
  readonly tags?: readonly string[];
  /** Who asked for it: the name of a token or of a webhook. */
  readonly by?: string;
  readonly state: RunState;
  readonly queuedAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** While it runs: so far. */
  readonly counts: RunCounts;
  /** Jobs that it was split into, and how many of them have ended. */
  readonly jobs: { readonly total: number; readonly ended: number };
  /** What ended it as a whole, such as a source that could not be listed. */
  readonly error?: StoredError;
}

/** Some tags of a mirror. */
export interface Batch {
  readonly tags: readonly string[];
  /** All tags of the source that stand for what refers to an image. Left out: it is not known. */
  readonly referrerTags?: readonly string[];
}

/** A part of a run that one worker does: to look what there is to do (and do it, if it is little), or some of the tags. */
export interface JobRecord {
  readonly id: string;
  readonly run: string;
  readonly mirror: string;
  readonly kind: "plan" | "batch";
  /** Of a batch: these. Of a plan: those of its run. */
  readonly tags?: readonly string[];
  readonly referrerTags?: readonly string[];
  readonly state: "ready" | "leased" | "ended";
  /** How often it was begun. */
  readonly attempts: number;
}

/** A job in a worker's hands. Whoever was given a greater epoch later has it instead: what the earlier one says counts no more. */
export interface Lease {
  readonly job: JobRecord;
  readonly run: RunRecord;
  readonly worker: string;
  readonly epoch: number;
}

/** One tag of a mirror at one destination, as it was when it was last looked at. */
export interface TagRecord {
  readonly mirror: string;
  /** `docker.io/library/busybox:1.36` */
  readonly source: string;
  /** `hagicode.azurecr.io/hagicode:1.36`; a mirror has one record for each. */
  readonly destination: string;
  /** The tag, or the digest, at the source. */
  readonly tag: string;
  readonly state: "in-step" | "behind" | "failed";
  /** What the source had. */
  readonly sourceDigest?: string;
  readonly destinationDigest?: string;
  readonly checkedAt: Instant;
  /** When they were last seen to be the same. */
  readonly inStepAt?: Instant;
  /** Since when it is known not to be in step. Left out where it is. */
  readonly behindSince?: Instant;
  /** When the present digest arrived here. */
  readonly arrivedAt?: Instant;
  /** Milliseconds from the change at the source to its arrival, at most: the change is only known to be later than a look. */
  readonly lag?: number;
  readonly error?: StoredError;
}

/** What a mirror's tags come to. */
export interface TagSummary {
  readonly total: number;
  readonly inStep: number;
  readonly behind: number;
  readonly failed: number;
  /** Of those not in step, since when the one that is so for the longest. */
  readonly behindSince?: Instant;
  /** The greatest lag of what arrived since the instant that was asked for. */
  readonly lag?: number;
  /** When one of them was last seen in step. */
  readonly inStepAt?: Instant;
}

/** All of a mirror's tags, and the same for each of its destinations: `hagicode.azurecr.io/hagicode`. */
export interface MirrorTags extends TagSummary {
  readonly destinations: ReadonlyMap<string, TagSummary>;
}

/** Runs of one mirror that have ended: how many so, and what they came to. */
export interface EndedRuns {
  readonly states: Readonly<Partial<Record<RunState, number>>>;
  readonly counts: RunCounts;
}

/** What is known of a mirror whatever history is kept. */
export interface MirrorRecord {
  readonly mirror: string;
  /** The last tick of its schedule that a run was begun for, or that was let go. */
  readonly lastTick?: Instant;
  readonly lastStartedAt?: Instant;
  readonly lastEndedAt?: Instant;
  readonly lastState?: RunState;
  /** When a full run last ended with everything in step. */
  readonly lastSuccessAt?: Instant;
}

/** What a registry host has told of its limit on pulls. */
export interface HostRecord {
  readonly host: string;
  readonly limit: number;
  readonly remaining: number;
  readonly seenAt: Instant;
}

/** A line of a run's log: words of the catalogue, found when somebody reads it. */
export interface LogLine {
  readonly at: Instant;
  readonly level: "info" | "warn" | "error";
  /** A key of the catalogue's lines, `daemon.log.…`. */
  readonly key: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly error?: StoredError;
}

/** A log line with its number within its run, from 1 on. */
export interface NumberedLine extends LogLine {
  readonly number: number;
}

/** A message on its way to one channel: kept until it was delivered or given up, under one id whatever is tried. */
export interface OutboxRecord {
  readonly id: string;
  readonly channel: string;
  /** The message as JSON, without secrets. */
  readonly message: string;
  readonly state: "waiting" | "sent" | "given-up";
  readonly createdAt: Instant;
  readonly attempts: number;
  /** When it is due (again). */
  readonly nextAt: Instant;
  readonly sentAt?: Instant;
  readonly error?: StoredError;
}

export interface OutboxCount {
  readonly channel: string;
  readonly state: OutboxRecord["state"];
  readonly count: number;
}

/** Something that is wrong with a subject since then, and what was said of it. `failed`, `lag`, `silence`, `expiry`, … */
export interface IncidentRecord {
  readonly kind: string;
  /** A mirror, a registry, a channel. */
  readonly subject: string;
  readonly since: Instant;
  readonly toldAt?: Instant;
  /** How often it was told; of a channel, how often it was tried. */
  readonly times: number;
  readonly error?: StoredError;
}

export interface WorkerRecord {
  readonly id: string;
  readonly host: string;
  readonly version: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  /** Jobs in its hands. */
  readonly busy: number;
}

export type Role = "reader" | "operator";

/** A token of the API; only its hash is kept. */
export interface TokenRecord {
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
}

/** A run that has ended, for charts. */
export interface RunPoint {
  readonly id: string;
  readonly endedAt: Instant;
  readonly state: RunState;
  readonly seconds: number;
  readonly bytesWritten: number;
  readonly copied: number;
  readonly failed: number;
  /** The greatest lag of what it brought, milliseconds. */
  readonly lag?: number;
}
