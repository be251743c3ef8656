import { isDeepStrictEqual } from "node:util";
import type { Reference } from "../../oci/reference.ts";
import type { Credential, CredentialStore } from "./credential.ts";

/** A credential, and the host that is asked with it: `docker.io`. */
export interface UsedCredential {
  readonly host: string;
  readonly credential: Credential;
}

/**
 * The credentials that places are asked with, each once. Left out are those that cannot be had, of which whoever asks the
 * place itself is told, and those that are renewed by themselves.
 */
export async function usedCredentials(
  places: readonly Reference[],
  store: CredentialStore,
): Promise<readonly UsedCredential[]> {
  const used: UsedCredential[] = [];
  for (const { registry: host, repository } of places) {
    const credential = await store.credential(host, repository).catch(() => undefined);
    if (credential === undefined || credential.ends !== undefined) continue;
    if (used.some((one) => isDeepStrictEqual(one, { host, credential }))) continue;
    used.push({ host, credential });
  }
  return used;
}
