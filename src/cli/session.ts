import { noticeText } from "../config/notice.ts";
import type { Settings } from "../config/settings.ts";
import { credentialsOf, openRegistry } from "../mirror/open-registry.ts";
import type { CredentialStore } from "../registry/credentials/index.ts";
import type { HostStatistics, Registry } from "../registry/registry.ts";
import { type Cache, openCache } from "../target/cache/cache.ts";
import { cacheFolder, cacheLimit } from "./cache-folder.ts";
import type { Context } from "./command.ts";
import type { Listener } from "./progress/listener.ts";
import { openListener } from "./progress/open.ts";
import type { RunFacts } from "./report/report.ts";

/** What a command that speaks to registries works with, from its options and the configuration. */
export interface Session {
  readonly registry: Registry;
  readonly credentials: CredentialStore;
  readonly listener: Listener;
  /** Where layers for several destinations wait; opened when first asked for. @throws STORAGE_FULL, STORAGE_FAILED */
  cache(): Promise<Cache>;
  /** Leaves something to be closed at the end. */
  defer(close: () => Promise<void>): void;
  /** What the run has cost so far. */
  facts(): RunFacts;
  [Symbol.asyncDispose](): Promise<void>;
}

/** No configuration: what is left are defaults and the credentials of Docker's own configuration. */
export const NO_SETTINGS: Settings = { rules: [], credentials: [], hosts: new Map(), notices: [] };

/** What a command line says to all hosts. */
interface Limits {
  readonly limitRate?: number | undefined;
  readonly keepPulls?: number | undefined;
}

/** Puts together what a run needs; nothing is asked of any registry yet. @throws FILE_UNWRITABLE for `--log` */
export async function openSession(
  context: Context,
  settings: Settings,
  { limitRate, keepPulls }: Limits = {},
): Promise<Session> {
  const { environment, globals, signal, version, words } = context;
  const listener = await openListener(context);
  for (const notice of settings.notices) listener.notice("warn", noticeText(notice, words.language));
  const credentials = credentialsOf(settings, context);
  const closing = new AsyncDisposableStack();
  const cache = once(async () => {
    const limit = cacheLimit(globals.cacheLimit, environment);
    const opened = await openCache(cacheFolder(globals.cacheDir, environment), limit === undefined ? {} : { limit });
    closing.defer(() => opened.close());
    return opened;
  });
  const registry = openRegistry(settings, credentials, {
    environment,
    version,
    signal,
    notes: async () => (await cache()).uploads,
    tell: listener.registry,
    limitRate,
    keepPulls,
  });
  closing.defer(() => registry.close());
  closing.defer(async () => listener.close());
  const began = performance.now();
  return {
    registry,
    credentials,
    listener,
    cache,
    facts: () => factsOf(registry.statistics(), (performance.now() - began) / 1000),
    defer: (close) => closing.defer(close),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function factsOf(hosts: readonly HostStatistics[], seconds: number): RunFacts {
  const allowances = hosts.flatMap(({ host, rateLimit }) => (rateLimit === undefined ? [] : [{ host, ...rateLimit }]));
  const requests = hosts.reduce((sum, host) => sum + host.requests, 0);
  return { requests, seconds, ...(allowances.length > 0 && { allowances }) };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
