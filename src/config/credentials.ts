import { canonicalHost, parseReference, type Reference } from "../oci/reference.ts";
import { SlipwayError } from "../words/error.ts";
import { Refusal } from "./refusal.ts";

/** User name and password for everything under a prefix. */
export interface CredentialEntry {
  /** A registry, or a registry and the first parts of repositories: `ghcr.io`, `docker.io/library`, `azurecr.io/a/b`. */
  readonly prefix: string;
  readonly username: string;
  readonly password: string;
  /** Where it was written, for errors: `auth.yaml:3`, `slipway.yaml:12 (registries.azure)`. */
  readonly origin: string;
}

/**
 * Reads what a credential is for: a registry, or a registry and the first parts of a repository's name. The names and
 * addresses that Docker itself uses for Docker Hub are `docker.io`.
 * @throws Refusal
 */
export function parsePrefix(text: string): string {
  const bare = text.replace(/^https?:\/\//, "").replace(/\/(?:v[12]\/?)?$/, "");
  const slash = bare.indexOf("/");
  const host = slash < 0 ? bare : bare.slice(0, slash);
  if (!/[.:[]/.test(host) && host !== "localhost") {
    throw new Refusal(`"${text}" does not begin with a registry, such as docker.io or localhost:5000`);
  }
  // With parts that make a repository of any prefix, and keep Docker Hub's `library/` out of it.
  const { registry, repository } = parseUnder(text, `${bare}/x/x`);
  return slash < 0 ? registry : `${registry}/${repository.slice(0, -"/x/x".length)}`;
}

function parseUnder(text: string, repository: string): Reference {
  try {
    return parseReference(repository);
  } catch (cause) {
    const reason = cause instanceof SlipwayError ? String(cause.facts.reason) : String(cause);
    throw new Refusal(`"${text}" is not a registry, nor the beginning of repositories: ${reason}`, { cause });
  }
}

/**
 * The credential for a repository: the longest prefix that ends at one of its slashes or is all of it; of equal ones
 * the first.
 * @param host as in references: `docker.io` for Docker Hub
 */
export function credentialFor(
  entries: readonly CredentialEntry[],
  host: string,
  repository: string,
): CredentialEntry | undefined {
  const name = `${canonicalHost(host)}/${repository}/`;
  let best: CredentialEntry | undefined;
  for (const entry of entries) {
    if (name.startsWith(`${entry.prefix}/`) && entry.prefix.length > (best?.prefix.length ?? 0)) best = entry;
  }
  return best;
}
