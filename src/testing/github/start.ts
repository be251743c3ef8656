import { type Listening, listen } from "../registry/listen.ts";
import type { Addresses } from "./addresses.ts";
import { exchange, type Server } from "./exchange.ts";
import { GitHubFaults } from "./faults.ts";
import type { GitHubOptions } from "./options.ts";
import { GitHubRequests } from "./requests.ts";
import { newState } from "./state.ts";
import { TestGitHub } from "./test-github.ts";

/**
 * Starts a GitHub in this process, with one repository. Its releases follow what GitHub documents and, where that is
 * silent, what people have seen it do; what is asked of it is held to GitHub's own description of its API.
 * https://docs.github.com/en/rest/releases/releases https://docs.github.com/en/rest/releases/assets
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<TestGitHub> {
  const isEnterprise = options.kind === "enterprise";
  const main = await listen(options.tls);
  const uploads = isEnterprise ? undefined : await listen(options.tls);
  const origin = namedOrigin(main, options.host);
  const addresses: Addresses = {
    api: isEnterprise ? `${origin}/api/v3` : origin,
    uploads: uploads === undefined ? `${origin}/api/uploads` : namedOrigin(uploads, options.host),
    pages: isEnterprise ? origin : "https://github.example.test",
  };
  const requests = new GitHubRequests();
  const faults = new GitHubFaults();
  const server: Server = { state: newState(options), addresses, requests, violations: [], faults };
  const bases = isEnterprise
    ? ([
        ["api", "/api/v3"],
        ["uploads", "/api/uploads"],
      ] as const)
    : ([["api", ""]] as const);
  serve(main, server, bases);
  if (uploads !== undefined) serve(uploads, server, [["uploads", ""]]);
  return new TestGitHub(server, async () => {
    await Promise.all([main.close(), uploads?.close()]);
  });
}

type Base = readonly [at: "api" | "uploads", path: string];

function serve(listening: Listening, server: Server, bases: readonly Base[]): void {
  listening.server.on("request", (request, response) => {
    const url = new URL(request.url ?? "/", listening.origin);
    const [at, path] = bases.find(([, base]) => url.pathname.startsWith(`${base}/`)) ?? ["api", undefined];
    const below = path === undefined ? undefined : new URL(url.pathname.slice(path.length) + url.search, url.origin);
    void exchange(server, { request, response, at, url: below });
  });
}

function namedOrigin({ origin }: Listening, host: string | undefined): string {
  const url = new URL(origin);
  if (host !== undefined) url.hostname = host;
  return url.origin;
}
