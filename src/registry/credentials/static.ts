import type { Credential, CredentialStore } from "./credential.ts";
import { longestMatch } from "./scope.ts";

/** A user name and password for everything below `prefix`: `host[:port][/namespace[/repository]]`. */
export interface StaticCredential {
  readonly prefix: string;
  readonly username: string;
  readonly password: string;
  /** Where a person finds it: `auth.yaml (ghcr.io/acme)`. */
  readonly origin: string;
}

/** The credentials of a table; the longest prefix wins. `place` names the table when it holds nothing that fits. */
export function staticCredentials(place: string, table: readonly StaticCredential[]): CredentialStore {
  const entries = table.map((entry) => [entry.prefix, entry] as const);
  return {
    async credential(host, repository): Promise<Credential> {
      const found = longestMatch(entries, host, repository);
      if (found === undefined) return { kind: "anonymous", origin: place };
      return { kind: "basic", username: found.username, password: found.password, origin: found.origin };
    },
  };
}
