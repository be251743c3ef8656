import type { Settings } from "../config/settings.ts";
import {
  CredentialHelpers,
  type CredentialStore,
  configuredCredentials,
  dockerConfig,
  dockerConfigPaths,
  type Endpoints,
  firstOf,
} from "../registry/credentials/index.ts";
import type { RegistryEvent } from "../registry/events.ts";
import { createRegistry, type Registry } from "../registry/registry.ts";
import type { Notes } from "../target/notes.ts";

/** What the process brings to the client besides the configuration. */
export interface RegistryMeans {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Slipway's own. */
  readonly version: string;
  /** Ends everything that the client does. */
  readonly signal: AbortSignal;
  /** Where half-written uploads go on; asked for when something is uploaded. */
  readonly notes: () => Promise<Notes>;
  readonly tell?: (event: RegistryEvent) => void;
  /** Clouds of tests, where registries are logged in to by one. */
  readonly endpoints?: Partial<Endpoints>;
  /** Bytes a second that all downloads together may take, and all uploads. */
  readonly limitRate?: number | undefined;
  /** What every host is to keep of the pulls that it counts. */
  readonly keepPulls?: number | undefined;
}

/** The client for all registries that a configuration speaks of; nothing is asked yet. */
export function openRegistry(
  { hosts }: Pick<Settings, "hosts">,
  credentials: CredentialStore,
  { environment, version, signal, notes, tell, limitRate, keepPulls }: RegistryMeans,
): Registry {
  return createRegistry({
    credentials,
    hosts: Object.fromEntries(hosts),
    environment,
    signal,
    userAgent: `slipway/${version}`,
    uploads: {
      take: async (key) => (await notes()).take(key),
      keep: async (key, text) => (await notes()).keep(key, text),
      forget: async (key) => (await notes()).forget(key),
    },
    ...(tell !== undefined && { tell }),
    ...(limitRate !== undefined && { limitRate }),
    ...(keepPulls !== undefined && { keepPulls }),
  });
}

/**
 * What the configuration says first, then where docker, podman and skopeo keep their logins. Short-lived ones are
 * renewed, files are read again when they change, and helpers are asked again where an answer is refused.
 */
export function credentialsOf(
  { credentials, logins = [] }: Pick<Settings, "credentials" | "logins">,
  { environment, signal, endpoints }: Pick<RegistryMeans, "environment" | "signal" | "endpoints">,
): CredentialStore {
  const helpers = new CredentialHelpers({ env: environment });
  const files = dockerConfigPaths(environment).map((path) => dockerConfig(path, helpers));
  const options = { environment, signal, ...(endpoints !== undefined && { endpoints }) };
  return firstOf([configuredCredentials("the configuration", credentials, logins, options), ...files]);
}
