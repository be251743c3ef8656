import { openGitHub, parseRepositoryName, type RepositoryName, tokenFrom } from "../../github/index.ts";
import type { Project, ReleasePlaceOf } from "../../release/run.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import type { Here } from "./surroundings.ts";

const GITHUB_API = "https://api.github.com";

/**
 * Where the project's release is made; undefined where the configuration has none.
 * @throws GITHUB_REPOSITORY_UNKNOWN, GITHUB_TOKEN_MISSING
 */
export async function releasePlace(
  context: Context,
  project: Project,
  here: Here,
  access: "read" | "write",
): Promise<ReleasePlaceOf | undefined> {
  const settings = project.publishing.release;
  if (settings === undefined) return undefined;
  const own = ownRepository(here);
  const named = settings.github === undefined ? own : parseRepositoryName(settings.github);
  if (named === undefined) throw failure("GITHUB_REPOSITORY_UNKNOWN", {});
  const isSameRepository = own !== undefined && isSame(own, named);
  return { ...(await openPlace(context, named, access)), isSameRepository };
}

/**
 * A repository at GitHub, with the token that there is. `read`: what is public can be read without one.
 * @throws GITHUB_TOKEN_MISSING
 */
export async function openPlace(
  { environment, version, signal }: Context,
  repository: RepositoryName,
  access: "read" | "write",
): Promise<Omit<ReleasePlaceOf, "isSameRepository">> {
  const apiUrl = environment.GITHUB_API_URL || GITHUB_API;
  const { hostname } = new URL(apiUrl);
  const found = await tokenFrom(environment, hostname.replace(/^api\./, ""));
  if (found === undefined && access === "write") throw failure("GITHUB_TOKEN_MISSING", { api: apiUrl });
  const login = found === undefined ? {} : { token: found.token, tokenOrigin: found.origin };
  const userAgent = `slipway/${version}`;
  const github = openGitHub({ ...login, apiUrl, repository, userAgent, environment, signal });
  return { repository: `${repository.owner}/${repository.name}`, github };
}

function ownRepository({ actions, repository }: Here): RepositoryName | undefined {
  if (actions !== undefined) return actions.repository;
  try {
    return repository?.originUrl === undefined ? undefined : parseRepositoryName(repository.originUrl);
  } catch {
    return undefined;
  }
}

function isSame(one: RepositoryName, other: RepositoryName): boolean {
  const text = ({ owner, name }: RepositoryName) => `${owner}/${name}`.toLowerCase();
  return text(one) === text(other);
}
