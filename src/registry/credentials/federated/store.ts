import type { Credential, CredentialStore } from "../credential.ts";
import { longestMatch } from "../scope.ts";
import { type StaticCredential, staticCredentials } from "../static.ts";
import { type Keeper, keeper } from "./keeper.ts";
import type { Login } from "./login.ts";
import type { LoginOptions } from "./obtain.ts";

/** A login for everything below `prefix`: `host[:port][/namespace[/repository]]`. */
export interface LoginEntry {
  readonly prefix: string;
  readonly login: Login;
  /** Where a person finds it: `slipway.yaml:4 (registries.azure, azure-oidc)`. */
  readonly origin: string;
}

/**
 * What a configuration says: passwords and logins in one table; the longest prefix wins. `place` names the table when
 * it holds nothing that fits. A login is carried out when its credential is first asked for, and again before that ends.
 */
export function configuredCredentials(
  place: string,
  table: readonly StaticCredential[],
  logins: readonly LoginEntry[],
  options: LoginOptions,
): CredentialStore {
  const now = options.now ?? Date.now;
  const kept = logins.map((entry) => [entry.prefix, { ...entry, keeper: keeperOf(entry, options, now) }] as const);
  const passwords = staticCredentials(place, table);
  const prefixes = [...table, ...logins].map(({ prefix }) => [prefix, prefix] as const);
  return {
    async credential(host, repository): Promise<Credential> {
      const best = longestMatch(prefixes, host, repository);
      const found = longestMatch(kept, host, repository);
      if (found === undefined || found.prefix !== best) return passwords.credential(host, repository);
      const { username, password, ends } = await found.keeper.get();
      const ending = ends === undefined ? {} : { ends: new Date(ends) };
      return { kind: "basic", username, password, origin: found.origin, ...ending };
    },
    forget(host): void {
      for (const [prefix, one] of kept) if (hostOf(prefix) === host) one.keeper.forget();
    },
  };
}

function keeperOf({ prefix, login, origin }: LoginEntry, options: LoginOptions, now: () => number): Keeper {
  return keeper(async () => {
    // most runs log in nowhere, and need not load what does
    const { obtain } = await import("./obtain.ts");
    return obtain(login, hostOf(prefix), origin, options);
  }, now);
}

function hostOf(prefix: string): string {
  return prefix.split("/")[0] ?? prefix;
}
