import { z } from "zod";
import { SlipwayError } from "../words/error.ts";
import type { Rights } from "./rights.ts";
import type { Session } from "./session.ts";
import { read } from "./shapes.ts";
import { tokenEndIn } from "./token-end.ts";

const RepositoryShape = z.object({
  private: z.boolean(),
  archived: z.boolean(),
  default_branch: z.string(),
  permissions: z.object({ push: z.boolean(), admin: z.boolean() }).optional(),
});
const ImmutableShape = z.object({ enabled: z.boolean(), enforced_by_owner: z.boolean() });

type Repository = z.infer<typeof RepositoryShape>;
type Headers = Readonly<Record<string, string | number | undefined>>;

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
export async function rightsOf(session: Session): Promise<Rights> {
  const answer = await session.octokit.request("GET /repos/{owner}/{repo}", session.repository);
  const repository = read(session, "get a repository", RepositoryShape, answer.data);
  const headers: Headers = { ...answer.headers };
  const scopes = headers["x-oauth-scopes"]
    ?.toString()
    .split(/,\s*/)
    .filter((scope) => scope !== "");
  const tokenExpiresAt = tokenEndIn(headers);
  const requests = requestsOf(headers);
  return {
    write: writeOf(repository, scopes),
    ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
    ...(scopes !== undefined && { scopes }),
    immutableReleases: await immutableReleases(session, repository),
    isPrivate: repository.private,
    isArchived: repository.archived,
    defaultBranch: repository.default_branch,
    ...(requests !== undefined && { requests }),
  };
}

function writeOf(repository: Repository, scopes: readonly string[] | undefined): Rights["write"] {
  if (repository.archived) return { state: "no", reason: "the repository is archived" };
  if (repository.permissions === undefined) return { state: "no", reason: "nothing is written without a token" };
  if (!repository.permissions.push) return { state: "no", reason: "the account may not push to the repository" };
  if (scopes === undefined) {
    return { state: "likely", reason: "the account may push; the token itself needs `contents: write`" };
  }
  const wanted = repository.private ? ["repo"] : ["repo", "public_repo"];
  const has = wanted.find((scope) => scopes.includes(scope));
  if (has !== undefined) return { state: "yes", reason: `the account may push, and the token has the scope ${has}` };
  return { state: "no", reason: `the token lacks the scope ${wanted.join(" or ")}` };
}

/** https://docs.github.com/en/rest/repos/repos#check-if-immutable-releases-are-enabled-for-a-repository */
async function immutableReleases(session: Session, repository: Repository): Promise<Rights["immutableReleases"]> {
  try {
    const { data } = await session.octokit.request("GET /repos/{owner}/{repo}/immutable-releases", session.repository);
    const { enabled, enforced_by_owner } = read(session, "check immutable releases", ImmutableShape, data);
    if (!enabled) return { state: "off", reason: "the setting is off" };
    return { state: "on", reason: enforced_by_owner ? "the owner enforces it" : "the setting is on" };
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    if (thrown.code === "GITHUB_NOT_FOUND" && repository.permissions?.admin === true) {
      return { state: "off", reason: "the setting is off" };
    }
    if (!UNTOLD.includes(thrown.code)) throw thrown;
    return { state: "unknown", reason: "only a token with `administration: read` is told" };
  }
}

const UNTOLD: readonly string[] = ["GITHUB_NOT_FOUND", "GITHUB_DENIED", "GITHUB_UNAUTHORIZED"];

function requestsOf(headers: Headers): Rights["requests"] {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    Number.parseInt(String(headers[`x-ratelimit-${name}`] ?? ""), 10),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  if ([limit, remaining, reset].some(Number.isNaN)) return undefined;
  return { limit, remaining, resetsAt: new Date(reset * 1000) };
}
