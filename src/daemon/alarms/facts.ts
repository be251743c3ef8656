import type { EndedRuns, Instant, MirrorRecord, StoredError, TagSummary } from "../../store/records.ts";
import type { Ending } from "../expiry/index.ts";

/** What alarms judge by, as it was at one instant. */
export interface Facts {
  readonly now: Instant;
  /** When this process began to look. */
  readonly startedAt: Instant;
  readonly mirrors: readonly MirrorFacts[];
  readonly targets: {
    /** Of a hundred runs. */
    readonly success: number;
    /** Milliseconds. */
    readonly lag: number;
  };
  /** Milliseconds after which what is still wrong is told again. */
  readonly remind: number;
  readonly configuration: {
    readonly file: string;
    readonly loadedAt: Instant;
    /** Why what the file says now does not count. */
    readonly refused?: StoredError;
  };
  /** Credentials that end. Left out: nobody has looked yet. */
  readonly endings?: readonly Ending[];
  /** Names of the channels. */
  readonly channels: readonly string[];
}

/** What is known of one mirror of the configuration. */
export interface MirrorFacts {
  readonly name: string;
  readonly record?: MirrorRecord;
  readonly tags?: TagSummary;
  /** Milliseconds after which it is silent. Left out: it never is. */
  readonly silence?: number;
  /** What ended in the last seven days. */
  readonly ended?: EndedRuns;
  /** Of its last run, where that did not go well. */
  readonly failure?: Failure;
}

export interface Failure {
  readonly run?: string;
  readonly error?: StoredError;
}
