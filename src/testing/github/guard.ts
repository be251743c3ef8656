import type { AnyOperation } from "./operation.ts";
import type { GitHubRights } from "./options.ts";
import { notFound, Problem } from "./problem.ts";
import type { State } from "./state.ts";

type Headers = Readonly<Record<string, string | undefined>>;

/** https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
const ACCEPTED = /^(?:\*\/\*|application\/(?:json|vnd\.github(?:\.v3)?(?:\.(?:raw|text|html|full))?\+json))$/;
/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const VERSIONS = ["2022-11-28", "2026-03-10"];
const ORDER: readonly GitHubRights[] = ["none", "read", "write", "admin"];

/** Refuses headers that GitHub refuses. @throws Problem */
export function checkHeaders(headers: Headers, { id }: AnyOperation): void {
  if (!headers["user-agent"]) {
    const reason = "Please make sure your request has a User-Agent header";
    throw new Problem(403, `Request forbidden by administrative rules. ${reason}`);
  }
  const { accept = "*/*", "x-github-api-version": version } = headers;
  const isBytes = id === "repos/get-release-asset" && accept === "application/octet-stream";
  if (!isBytes && !accept.split(/\s*,\s*/).every((type) => ACCEPTED.test(type))) {
    throw new Problem(415, `Unsupported 'Accept' header: '${accept}'. Must accept 'application/json'.`);
  }
  if (version !== undefined && !VERSIONS.includes(version)) {
    throw new Problem(400, `"${version}" is not a supported version. Supported versions: ${VERSIONS.join(", ")}`);
  }
}

/** What the caller may do. @throws Problem 401 for a token that is none of ours */
export function rightsOf(state: State, { authorization }: Headers): GitHubRights {
  const anonymous = state.isPrivate ? "none" : "read";
  if (authorization === undefined) return anonymous;
  const token = /^(?:token|bearer) (.+)$/i.exec(authorization)?.[1];
  if (token !== state.token) throw new Problem(401, "Bad credentials");
  return state.rights === "none" ? anonymous : state.rights;
}

/** Refuses what the caller may not do. @throws Problem */
export function checkRights(state: State, rights: GitHubRights, headers: Headers, operation: AnyOperation): void {
  if (rights === "none") throw notFound();
  if (ORDER.indexOf(rights) < ORDER.indexOf(operation.needs)) {
    if (headers.authorization === undefined) throw new Problem(401, "Requires authentication");
    throw new Problem(403, "Resource not accessible by integration", {
      headers: { "x-accepted-github-permissions": operation.permission },
    });
  }
  if (state.archived && operation.method !== "GET") {
    throw new Problem(403, "Repository was archived so is read-only.");
  }
}

/** Every request counts. @throws Problem where none is left */
export function spendRequest(state: State): void {
  if (state.requestsLeft <= 0) throw primaryLimit();
  state.requestsLeft -= 1;
}

export function primaryLimit(): Problem {
  return new Problem(403, "API rate limit exceeded for installation ID 1.", {
    page: "using-the-rest-api/rate-limits-for-the-rest-api",
  });
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export function secondaryLimit(retryAfterSeconds: number | undefined): Problem {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return new Problem(403, message, {
    page: "using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits",
    ...(retryAfterSeconds !== undefined && { headers: { "retry-after": String(retryAfterSeconds) } }),
  });
}
