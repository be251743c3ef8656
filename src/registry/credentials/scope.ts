import { canonicalHost } from "../../oci/reference.ts";

/**
 * What a credential is for, as `host[:port][/namespace[/repository]]`: without scheme, without the `/v1/` and `/v2/`
 * that old clients wrote behind the host, and with Docker Hub's many names as `docker.io`.
 */
export function normaliseScope(key: string): string {
  const bare = key
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .replace(/^([^/]+)\/v[12]$/, "$1");
  const [host = "", ...path] = bare.split("/");
  return [canonicalHost(host), ...path].join("/");
}

/**
 * The entry for a repository: the longest scope that holds it. Scopes end between path segments and the host with its
 * port is the first segment, so `ghcr.io` is neither `ghcr.io.evil.com` nor `ghcr.io:8443`.
 * https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md#format
 */
export function longestMatch<T>(entries: Iterable<readonly [string, T]>, host: string, repository: string) {
  const name = `${canonicalHost(host)}/${repository}/`;
  let best: { readonly scope: string; readonly value: T } | undefined;
  for (const [key, value] of entries) {
    const scope = normaliseScope(key);
    if (name.startsWith(`${scope}/`) && scope.length > (best?.scope.length ?? 0)) best = { scope, value };
  }
  return best?.value;
}
