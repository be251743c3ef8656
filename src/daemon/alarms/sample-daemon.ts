import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../config/slipway/load-config.ts";
import { DEFAULT_SERVE } from "../../config/slipway/serve.ts";
import { openStore } from "../../store/open.ts";
import { NO_RUN_COUNTS, type StoredError, type TagRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { servedMirrors } from "../configuration/served-mirrors.ts";
import type { Control, InForce } from "../control.ts";

/** A daemon for tests: a real store, a configuration from text, and a clock that is set by hand. */
export interface SampleDaemon extends AsyncDisposable {
  readonly control: Control;
  readonly store: Store;
  /** Milliseconds since 1970. */
  now: number;
  inForce: InForce;
  /** Runs a mirror to such an end, now. */
  endRun(mirror: string, end: RunEnd): Promise<void>;
}

export interface RunEnd {
  readonly state: "done" | "partial" | "failed";
  readonly error?: StoredError;
  /** Only these tags. */
  readonly tags?: readonly string[];
  /** What is known of tags then. */
  readonly records?: readonly TagRecord[];
}

/** @param yaml the configuration without `version:` */
export async function sampleDaemon(yaml: string, now: number, environment = {}): Promise<SampleDaemon> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-alarms-"));
  const store = await openStore({ dataDir: folder });
  let runs = 0;
  const daemon: SampleDaemon = {
    store,
    now,
    inForce: sampleInForce(yaml, now, environment),
    control: {
      store,
      version: "0.0.0",
      inForce: () => daemon.inForce,
      now: () => daemon.now,
      request: () => Promise.reject(new Error("nobody asks for a run here")),
      reload: () => Promise.reject(new Error("nobody reloads here")),
      nextRunAt: () => undefined,
      isReady: () => true,
    },
    endRun: async (mirror, { state, error, tags, records = [] }) => {
      const at = daemon.now;
      runs += 1;
      const only = tags === undefined ? {} : { tags };
      await store.runs.begin({ mirror, trigger: "manual", key: `run ${runs}`, at, ...only });
      const lease = await store.jobs.claim({ worker: "w", at, lease: 60_000 });
      if (lease === undefined) throw new Error("there is no job");
      const counts = {
        ...NO_RUN_COUNTS,
        copied: state === "failed" ? 0 : 1,
        failed: state === "done" ? 0 : 1,
        bytesRead: 1_000_000,
        bytesWritten: 2_000_000,
      };
      const kept = { at, counts, tags: records, lines: [], hosts: [], ...(error !== undefined && { error }) };
      await store.jobs.finish(lease, kept);
    },
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
  return daemon;
}

/** A configuration that counts from then on. */
export function sampleInForce(yaml: string, loadedAt: number, environment: Record<string, string> = {}): InForce {
  const lookup = { variable: (name: string) => environment[name], file: () => "" };
  const config = readConfig({ file: "/srv/shop/slipway.yaml", text: `version: 1\n${yaml}` }, lookup);
  return { config, serve: config.serve ?? DEFAULT_SERVE, mirrors: servedMirrors(config), loadedAt };
}
