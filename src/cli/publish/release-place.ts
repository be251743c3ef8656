import { environmentIn } from "../../config/variables/lookup.ts";
import { openGitHub, parseRepositoryName, type RepositoryName, tokenFrom } from "../../github/index.ts";
import type { Project, ReleasePlaceOf } from "../../release/run.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import type { Here } from "./surroundings.ts";

const GITHUB_API = "https://api.github.com";

/** How GitHub is asked. */
export interface Login {
  /** Its host's name, without the API's. */
  readonly host: string;
  /** Where the token was found; left out where there is none. */
  readonly tokenOrigin?: string;
}

/**
 * Where the project's release is made; undefined where the configuration has none.
 * @throws GITHUB_REPOSITORY_UNKNOWN, GITHUB_TOKEN_MISSING
 */
export async function releasePlace(
  context: Context,
  project: Project,
  here: Here,
  access: "read" | "write",
): Promise<(ReleasePlaceOf & Login) | undefined> {
  const settings = project.publishing.release;
  if (settings === undefined) return undefined;
  const own = ownRepository(here);
  const named = settings.github === undefined ? own : parseRepositoryName(settings.github);
  if (named === undefined) throw failure("GITHUB_REPOSITORY_UNKNOWN", {});
  const isSameRepository = own !== undefined && isSame(own, named);
  return { ...(await openPlace(context, named, access, project.folder)), isSameRepository };
}

/**
 * A repository at GitHub, with the token that there is. `read`: what is public can be read without one.
 * @throws GITHUB_TOKEN_MISSING
 */
export async function openPlace(
  { environment, version, signal }: Context,
  repository: RepositoryName,
  access: "read" | "write",
  folder?: string,
): Promise<Omit<ReleasePlaceOf, "isSameRepository"> & Login> {
  const apiUrl = environment.GITHUB_API_URL || GITHUB_API;
  const host = new URL(apiUrl).hostname.replace(/^api\./, "");
  const found = await tokenFrom(folder === undefined ? environment : environmentIn(folder, environment), host);
  if (found === undefined && access === "write") throw failure("GITHUB_TOKEN_MISSING", { api: apiUrl });
  const login = found === undefined ? {} : { token: found.token, tokenOrigin: found.origin };
  const userAgent = `slipway/${version}`;
  const github = openGitHub({ ...login, apiUrl, repository, userAgent, environment, signal });
  const place = { repository: `${repository.owner}/${repository.name}`, github, host };
  return found === undefined ? place : { ...place, tokenOrigin: found.origin };
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
