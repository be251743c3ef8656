import { isDeepStrictEqual } from "node:util";
import type { Settings } from "../../config/settings.ts";
import { credentialsOf, openRegistry, type RegistryMeans } from "../../mirror/open-registry.ts";
import type { CredentialStore } from "../../registry/credentials/index.ts";
import type { Registry } from "../../registry/registry.ts";
import type { Cache } from "../../target/cache/cache.ts";

/** What is known of hosts, and what lies in the cache, is found anew after so long, milliseconds: both grow old. */
const LIFE = 24 * 3_600_000;

/** What jobs of one configuration share. */
export interface Client {
  readonly registry: Registry;
  readonly credentials: CredentialStore;
  /** Where layers for several destinations wait; opened when first asked for. @throws STORAGE_FULL, STORAGE_FAILED */
  cache(): Promise<Cache>;
}

interface Kept extends Client {
  readonly settings: Settings;
  readonly since: number;
  users: number;
  close(): Promise<void>;
}

export interface ClientMeans extends Pick<RegistryMeans, "environment" | "version" | "signal" | "tell" | "endpoints"> {
  readonly openCache: () => Promise<Cache>;
  /** Milliseconds of any steady clock. */
  readonly steady: () => number;
}

/**
 * The client for registries: one for all jobs, so that the limits of a host, its pauses and its logins are shared. A
 * configuration with other logins or hosts brings another; the one before is closed when its last job has ended.
 */
export class Clients {
  readonly #means: ClientMeans;
  #current: Kept;
  readonly #closing = new Set<Promise<void>>();

  constructor(settings: Settings, means: ClientMeans) {
    this.#means = means;
    this.#current = this.#open(settings, credentialsOf(settings, means));
  }

  get credentials(): CredentialStore {
    return this.#current.credentials;
  }

  /** What is begun from now on is done by these settings. */
  use(settings: Settings): void {
    const { settings: before, credentials } = this.#current;
    const isSame = (key: "hosts" | "credentials" | "logins") => isDeepStrictEqual(before[key], settings[key]);
    const haveLogins = isSame("credentials") && isSame("logins");
    if (!haveLogins || !isSame("hosts")) {
      this.#replace(settings, haveLogins ? credentials : credentialsOf(settings, this.#means));
    }
  }

  /** Works with the client that counts now; it is not closed before the work has ended. */
  async with<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { settings, credentials, since } = this.#current;
    if (this.#means.steady() - since > LIFE) this.#replace(settings, credentials);
    const client = this.#current;
    client.users += 1;
    try {
      return await work(client);
    } finally {
      client.users -= 1;
      this.#closeUnused(client);
    }
  }

  /** Nobody works any more. */
  async close(): Promise<void> {
    await Promise.all([this.#current.close(), ...this.#closing]);
  }

  #replace(settings: Settings, credentials: CredentialStore): void {
    const before = this.#current;
    this.#current = this.#open(settings, credentials);
    this.#closeUnused(before);
  }

  #closeUnused(client: Kept): void {
    if (client.users > 0 || client === this.#current) return;
    // what an unused client still has open ends with it, and nobody waits for that
    const closing = client.close().catch(() => undefined);
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  #open(settings: Settings, credentials: CredentialStore): Kept {
    let opening: Promise<Cache> | undefined;
    const cache = () => {
      opening ??= this.#means.openCache();
      opening.catch(() => {
        opening = undefined;
      });
      return opening;
    };
    const notes = async () => (await cache()).uploads;
    const registry = openRegistry(settings, credentials, { ...this.#means, notes });
    const close = async () => {
      await registry.close();
      await (await opening?.catch(() => undefined))?.close();
    };
    return { settings, credentials, registry, cache, since: this.#means.steady(), users: 0, close };
  }
}
