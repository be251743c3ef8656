/** What a request is about. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints */
export type Endpoint =
  | { readonly kind: "base" | "catalog" | "token" | "unknown" }
  /** The API of its own that lists what tags stand for. */
  | { readonly kind: "listing" }
  | { readonly kind: "tags"; readonly repository: string }
  | { readonly kind: "manifest" | "blob" | "referrers"; readonly repository: string; readonly reference: string }
  /** `session` is empty where an upload starts; `mount` is a start that asks for a blob of another repository. */
  | { readonly kind: "upload" | "mount"; readonly repository: string; readonly session: string }
  /** The other origin that blob GETs may be redirected to. */
  | { readonly kind: "storage"; readonly reference: string };

export type EndpointKind = Endpoint["kind"];

const LISTING = /^\/(acr\/v1|api|v2\/namespaces)\//;
const IN_REPOSITORY = /^\/v2\/(.+)\/(tags\/list|manifests\/[^/]+|blobs\/uploads\/[^/]*|blobs\/[^/]+|referrers\/[^/]+)$/;

export function endpointOf(url: URL): Endpoint {
  const { pathname } = url;
  if (pathname === "/v2/") return { kind: "base" };
  if (pathname === "/v2/_catalog") return { kind: "catalog" };
  if (pathname === "/token") return { kind: "token" };
  if (pathname.startsWith("/storage/")) return { kind: "storage", reference: pathname.slice("/storage/".length) };
  const [, repository, rest] = IN_REPOSITORY.exec(pathname) ?? [];
  if (repository === undefined || rest === undefined) return { kind: LISTING.test(pathname) ? "listing" : "unknown" };
  const reference = decodeURIComponent(rest.slice(rest.lastIndexOf("/") + 1));
  if (rest === "tags/list") return { kind: "tags", repository };
  if (rest.startsWith("manifests/")) return { kind: "manifest", repository, reference };
  if (rest.startsWith("referrers/")) return { kind: "referrers", repository, reference };
  if (!rest.startsWith("blobs/uploads/")) return { kind: "blob", repository, reference };
  return { kind: url.searchParams.has("mount") ? "mount" : "upload", repository, session: reference };
}

export function repositoryOf(endpoint: Endpoint): string | undefined {
  return "repository" in endpoint ? endpoint.repository : undefined;
}
