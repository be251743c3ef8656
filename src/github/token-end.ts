import { GITHUB_API, parseApiUrl } from "./address.ts";
import { DEFAULT_RETRY, DEFAULT_SILENCE, type GitHubOptions } from "./options.ts";

/**
 * When a token ends; undefined where it does not. One request, which counts against no limit.
 * https://docs.github.com/en/rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user
 * @throws GITHUB_*
 */
export async function tokenEnd(options: Omit<GitHubOptions, "repository">): Promise<Date | undefined> {
  const { apiUrl = GITHUB_API, environment = process.env, ca } = options;
  const api = parseApiUrl(apiUrl);
  // Octokit is heavy, and most processes ask GitHub nothing.
  const { makeOctokit } = await import("./octokit.ts");
  const { openTransport } = await import("./transport.ts");
  const transport = openTransport({ api, environment, ca, silence: { ...DEFAULT_SILENCE, ...options.silence } });
  try {
    const retry = { ...DEFAULT_RETRY, ...options.retry };
    const octokit = makeOctokit({ ...options, api, transport, retry });
    const { headers } = await octokit.request("GET /rate_limit");
    return tokenEndIn({ ...headers });
  } finally {
    await transport.close();
  }
}

/** Of an answer: `2022-08-14 08:15:54 UTC`, or with an offset such as `+0200`. */
export function tokenEndIn(headers: Readonly<Record<string, string | number | undefined>>): Date | undefined {
  const text = headers["github-authentication-token-expiration"]?.toString() ?? "";
  const date = new Date(
    text
      .replace(" UTC", "Z")
      .replace(/^(\S+) (\S+)( [+-]\d{4})?$/, (_, day, time, offset = "") => `${day}T${time}${offset.trim()}`),
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}
