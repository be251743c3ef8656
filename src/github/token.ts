import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Environment } from "./options.ts";

/** A token, and where it was found. */
export interface FoundToken {
  readonly token: string;
  /** `GITHUB_TOKEN`, `GH_TOKEN` or `gh auth token`. */
  readonly origin: string;
}

const GH_MILLISECONDS = 10_000;

/**
 * The token of GITHUB_TOKEN, else GH_TOKEN, else the one that GitHub's own program has from `gh auth login`; undefined
 * where there is none.
 * @param host whose token gh is asked for. https://cli.github.com/manual/gh_auth_token
 */
export async function tokenFrom(environment: Environment, host = "github.com"): Promise<FoundToken | undefined> {
  for (const origin of ["GITHUB_TOKEN", "GH_TOKEN"]) {
    const token = environment[origin]?.trim() ?? "";
    if (token !== "") return { token, origin };
  }
  const token = await tokenOfProgram(environment, host);
  return token === "" ? undefined : { token, origin: "gh auth token" };
}

/** Empty where gh is missing, or knows none. */
async function tokenOfProgram(environment: Environment, host: string): Promise<string> {
  try {
    const options = { env: { ...environment }, timeout: GH_MILLISECONDS };
    const { stdout } = await promisify(execFile)("gh", ["auth", "token", "--hostname", host], options);
    return stdout.trim();
  } catch {
    return "";
  }
}
