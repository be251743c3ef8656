import type { Environment } from "../config/variables/lookup.ts";
import type { CredentialStore, Endpoints } from "../registry/credentials/index.ts";
import type { Store } from "../store/store.ts";
import type { Cache } from "../target/cache/cache.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import { Configuration } from "./configuration/configuration.ts";
import type { InForce } from "./control.ts";
import type { Logbook } from "./log/logbook.ts";
import { type Clock, systemClock } from "./schedule/clock.ts";
import { tellAsker } from "./work/attribution.ts";
import { Clients } from "./work/clients.ts";
import { restAfterWork } from "./work/rest.ts";
import { steadyNow } from "./work/steady-clock.ts";
import { Worker } from "./work/worker.ts";

export interface CoreOptions {
  /** The configuration. */
  readonly file: string;
  readonly environment: Environment;
  readonly version: string;
  readonly store: Store;
  readonly openCache: () => Promise<Cache>;
  readonly log: Logbook;
  /** Milliseconds that a mirror is waited for which the configuration does not know. */
  readonly patience: number;
  /** Clouds of tests, where registries are logged in to by one. */
  readonly endpoints?: Partial<Endpoints>;
}

/** What `slipway serve` and `slipway worker` have in common: a configuration, a client for registries, a worker. */
export interface Core {
  readonly clock: Clock;
  inForce(): InForce;
  /** @returns why the configuration was refused */
  reload(): SlipwayError | undefined;
  /** Is told of each configuration that counts from then on. */
  onChange(listener: (inForce: InForce) => void): void;
  /** The credentials that registries are asked with, as they are now. */
  credentials(): CredentialStore;
  /**
   * Takes nothing new and lets what is under way end, for `grace` milliseconds; then stops it and leaves the rest to
   * whoever comes next. What was done is recorded then.
   */
  drain(grace: number): Promise<void>;
}

/** @throws CONFIG_* */
export function startCore(options: CoreOptions): Core {
  const { file, environment, version, store, openCache, log, patience, endpoints } = options;
  const clock = systemClock;
  const closing = new AbortController();
  const listeners: ((inForce: InForce) => void)[] = [];
  const configuration = new Configuration({
    file,
    environment,
    clock,
    changed: (inForce) => {
      clients.use(inForce.config);
      for (const listener of listeners) listener(inForce);
      log.info("configuration-taken", { mirrors: inForce.mirrors.size });
    },
    refused: (error) => log.failed("configuration-refused", error, {}),
  });
  const inForce = () => configuration.inForce;
  const clients: Clients = new Clients(inForce().config, {
    environment,
    version,
    signal: closing.signal,
    tell: tellAsker,
    openCache,
    steady: steadyNow,
    ...(endpoints !== undefined && { endpoints }),
  });
  const worker = new Worker({ store, clients, inForce, now: clock.now, log, version, patience });
  configuration.watch();
  worker.start();
  const rest = restAfterWork(() => (worker.busy > 0 ? undefined : worker.taken));
  return {
    clock,
    inForce,
    reload: () => configuration.reload(),
    onChange: (listener) => listeners.push(listener),
    credentials: () => clients.credentials,
    drain: async (grace) => {
      configuration.stop();
      rest[Symbol.dispose]();
      log.info("draining", { busy: worker.busy });
      await worker.drain(grace);
      closing.abort(failure("INTERRUPTED", {}));
      await clients.close();
      log.info("drained", {});
    },
  };
}
