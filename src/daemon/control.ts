import type { MirrorRule } from "../config/mirror-rule.ts";
import type { Config } from "../config/slipway/load-config.ts";
import type { ServeSettings } from "../config/slipway/serve.ts";
import type { Instant, RunRecord, Trigger } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import type { SlipwayError } from "../words/error.ts";

/** A mirror that is kept in step. */
export interface ServedMirror {
  readonly name: string;
  /** `docker.io/newbe36524/hagicode` */
  readonly source: string;
  readonly destinations: readonly string[];
  readonly rule: MirrorRule;
}

/** The configuration that counts now, and what became of the last try to load another. */
export interface InForce {
  readonly config: Config;
  readonly serve: ServeSettings;
  readonly mirrors: ReadonlyMap<string, ServedMirror>;
  readonly loadedAt: Instant;
  /** Why the file as it is now was refused: the one before counts on. */
  readonly refused?: SlipwayError;
}

/** What somebody asks for, by hand or by a webhook. */
export interface Request {
  readonly mirror: string;
  readonly trigger: Extract<Trigger, "manual" | "webhook">;
  /** The same key never makes two runs. */
  readonly key: string;
  readonly tags?: readonly string[];
  readonly by?: string;
}

/** What pages, webhooks and alarms may know and ask of the daemon. */
export interface Control {
  readonly store: Store;
  readonly version: string;
  inForce(): InForce;
  /** @throws MIRROR_UNKNOWN, STORE_UNREACHABLE */
  request(request: Request): Promise<{ readonly run: RunRecord; readonly isNew: boolean }>;
  /** Loads the configuration again. Resolves with why it was refused. */
  reload(): Promise<SlipwayError | undefined>;
  /** When its schedule begins the next run. Undefined: it has none. */
  nextRunAt(mirror: string): Instant | undefined;
  /** False while it starts and once it has been told to end. */
  isReady(): boolean;
  now(): Instant;
}
