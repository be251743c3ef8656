import { failure } from "../words/error.ts";

/** A repository at GitHub. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

const OWNER = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})";
const NAME = "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}";
const PLAIN = new RegExp(`^(?<owner>${OWNER})/(?<name>${NAME})$`);
const SCHEMES = /^(?:https?|ssh|git):\/\//;
/** `git@github.com:owner/name.git`, as `git clone` takes it. */
const SCP = /^(?:[^@/\s]+@)?[^:/\s]+:(?<path>[^/].*)$/;

/**
 * Reads `owner/name`, or the address of a git remote: `https://github.com/owner/name.git`, `ssh://git@host/owner/name`,
 * `git@host:owner/name.git`.
 * @throws GITHUB_REPOSITORY_INVALID
 */
export function parseRepositoryName(text: string): RepositoryName {
  const { owner, name } = PLAIN.exec(pathOf(text.trim()))?.groups ?? {};
  if (owner !== undefined && name !== undefined) return { owner, name };
  throw failure("GITHUB_REPOSITORY_INVALID", { text: withoutUser(text).slice(0, 200) });
}

function pathOf(text: string): string {
  const path =
    SCHEMES.test(text) && URL.canParse(text) ? new URL(text).pathname : (SCP.exec(text)?.groups?.path ?? text);
  return path.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
}

/** A remote's address may hold a token. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^@/]*@/, "//");
}
