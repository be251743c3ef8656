import { failure } from "../../../words/error.ts";
import type { Asking } from "./ask.ts";
import type { Lease } from "./login.ts";

/** GHCR looks at the token alone, and takes any user name with it. */
const ANYBODY = "x-access-token";

/**
 * The token that GitHub gives each job, good until the job ends; it is in the environment only where the workflow puts it.
 * https://docs.github.com/packages/managing-github-packages-using-github-actions-workflows/publishing-and-installing-a-package-with-github-actions
 * @throws LOGIN_TOKEN_MISSING
 */
export async function githubTokenLogin({ environment, origin }: Asking): Promise<Lease> {
  const { GITHUB_TOKEN: password, GITHUB_ACTOR: actor } = environment;
  if (!password) throw failure("LOGIN_TOKEN_MISSING", { origin });
  return { username: actor || ANYBODY, password };
}
