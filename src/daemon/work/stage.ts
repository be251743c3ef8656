import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Source } from "../../config/reading/source.ts";
import { readConfig } from "../../config/slipway/load-config.ts";
import { DEFAULT_SERVE } from "../../config/slipway/serve.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import { openCache } from "../../target/cache/cache.ts";
import { wordsOf } from "../../words/words.ts";
import { servedMirrors } from "../configuration/served-mirrors.ts";
import type { InForce } from "../control.ts";
import { Logbook, type Logger } from "../log/logbook.ts";
import { tellAsker } from "./attribution.ts";
import { Clients } from "./clients.ts";
import type { LeaseTimes } from "./hold.ts";
import { steadyNow } from "./steady-clock.ts";
import { Worker } from "./worker.ts";

/** A store, a configuration and a client for tests of workers, without a daemon around them. */
export interface Stage extends AsyncDisposable {
  readonly store: Store;
  /** Where its files are. */
  readonly folder: string;
  /** What the workers have told: `event` by name. */
  readonly told: readonly { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** Another configuration counts from now on. */
  configure(yaml: string): InForce;
  worker(options?: { readonly times?: LeaseTimes; readonly patience?: number; readonly store?: Store }): Worker;
  /** Waits until a run has ended. */
  ended(run: string): ReturnType<Store["runs"]["get"]>;
}

/** @param yaml what a `slipway.yaml` would say, without its version */
export async function openStage(yaml: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-stage-"));
  const store = await openStore({ dataDir: join(folder, "data") });
  const told: { event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const note = (fields: object) => void told.push({ event: "", ...fields, fields: { ...fields } });
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const closing = new AbortController();
  const workers: Worker[] = [];
  let inForce = inForceOf(yaml);
  const clients = new Clients(inForce.config, {
    environment: {},
    version: "test",
    signal: closing.signal,
    tell: tellAsker,
    openCache: () => openCache(join(folder, "cache")),
    steady: steadyNow,
  });
  return {
    store,
    folder,
    told,
    configure: (text) => {
      inForce = inForceOf(text);
      clients.use(inForce.config);
      return inForce;
    },
    worker: (options = {}) => {
      const worker = new Worker({
        store,
        clients,
        inForce: () => inForce,
        now: Date.now,
        log: new Logbook(logger, wordsOf("en")),
        version: "test",
        patience: 0,
        ...options,
      });
      workers.push(worker);
      return worker;
    },
    ended: async (id) => {
      for (;;) {
        const run = await store.runs.get(id);
        if (run?.endedAt !== undefined) return run;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.drain(0)));
      closing.abort();
      await clients.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

function inForceOf(yaml: string): InForce {
  const source: Source = { file: "slipway.yaml", text: `version: 1\n${yaml}` };
  const nothing = { variable: () => undefined, file: () => "" };
  const config = readConfig(source, nothing);
  return { config, serve: config.serve ?? DEFAULT_SERVE, mirrors: servedMirrors(config), loadedAt: Date.now() };
}
