import { join } from "node:path";
import { noticeText } from "../config/notice.ts";
import type { Settings } from "../config/settings.ts";
import {
  CredentialHelpers,
  type CredentialStore,
  dockerConfig,
  dockerConfigPaths,
  firstOf,
  staticCredentials,
} from "../registry/credentials/index.ts";
import { createRegistry, type Registry } from "../registry/registry.ts";
import { createSpool, type Spool } from "../target/spool.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { Context } from "./command.ts";
import type { Listener } from "./progress/listener.ts";
import { openListener } from "./progress/open.ts";
import type { RunFacts } from "./report/report.ts";

/** What a command that speaks to registries works with, from its options and the configuration. */
export interface Session {
  readonly registry: Registry;
  readonly credentials: CredentialStore;
  readonly listener: Listener;
  /** Where layers for several destinations wait; made when first asked for. @throws STORAGE_FAILED */
  spool(): Promise<Spool>;
  /** Leaves something to be closed at the end. */
  defer(close: () => Promise<void>): void;
  /** What the run has cost so far. */
  facts(): RunFacts;
  [Symbol.asyncDispose](): Promise<void>;
}

/** No configuration: what is left are defaults and the credentials of Docker's own configuration. */
export const NO_SETTINGS: Settings = { rules: [], credentials: [], hosts: new Map(), notices: [] };

/** Puts together what a run needs; nothing is asked of any registry yet. @throws FILE_UNWRITABLE for `--log` */
export async function openSession(
  context: Context,
  settings: Settings,
  { limitRate }: { readonly limitRate?: number | undefined } = {},
): Promise<Session> {
  const { environment, globals, signal, version, words } = context;
  const listener = await openListener(context);
  for (const notice of settings.notices) listener.notice("warn", noticeText(notice, words.language));
  const credentials = credentialsOf(settings, environment);
  const registry = createRegistry({
    credentials,
    hosts: Object.fromEntries(settings.hosts),
    environment,
    signal,
    userAgent: `slipway/${version}`,
    tell: listener.registry,
    ...(limitRate !== undefined && { limitRate }),
  });
  const closing = new AsyncDisposableStack();
  closing.defer(() => registry.close());
  closing.defer(async () => listener.close());
  const spool = once(async () => {
    const made = await createSpool(join(cacheFolder(globals.cacheDir, environment), "blobs"));
    closing.defer(() => made.close());
    return made;
  });
  const began = performance.now();
  return {
    registry,
    credentials,
    listener,
    spool,
    facts: () => ({
      requests: registry.statistics().reduce((sum, host) => sum + host.requests, 0),
      seconds: (performance.now() - began) / 1000,
    }),
    defer: (close) => closing.defer(close),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What the configuration says first, then where docker, podman and skopeo keep their logins. */
function credentialsOf(settings: Settings, environment: NodeJS.ProcessEnv): CredentialStore {
  const helpers = new CredentialHelpers({ env: environment });
  const files = dockerConfigPaths(environment).map((path) => dockerConfig(path, helpers));
  return firstOf([staticCredentials("the configuration", settings.credentials), ...files]);
}
