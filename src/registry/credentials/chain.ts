import type { Credential, CredentialStore } from "./credential.ts";

/**
 * Asks one store after the other and takes the first answer that is not anonymous. The anonymous one at the end lists
 * where was looked. A store that fails ends the search: a broken helper is never hidden behind another credential.
 */
export function firstOf(stores: readonly CredentialStore[]): CredentialStore {
  return {
    async credential(host, repository): Promise<Credential> {
      const places: string[] = [];
      for (const store of stores) {
        const credential = await store.credential(host, repository);
        if (credential.kind !== "anonymous") return credential;
        places.push(credential.origin);
      }
      return { kind: "anonymous", origin: nothingIn(places) };
    },
    forget(host): void {
      for (const store of stores) store.forget?.(host);
    },
  };
}

function nothingIn(places: readonly string[]): string {
  const last = places.at(-1);
  if (last === undefined) return "nothing";
  if (places.length === 1) return `nothing: ${last} does not know it`;
  return `nothing: neither ${places.slice(0, -1).join(", ")} nor ${last} knows it`;
}
