import { type GitHub, type GitHubEvent, type GitHubOptions, openGitHub } from "../../github/index.ts";
import type { GitHubOptions as ServerOptions } from "./options.ts";
import { startGitHub } from "./start.ts";
import type { TestGitHub } from "./test-github.ts";

export interface GitHubSetting {
  readonly server: TestGitHub;
  readonly github: GitHub;
  /** What the client told while it worked. */
  readonly events: readonly GitHubEvent[];
}

/** A GitHub and a client that waits for nothing; `client` overrides what it is opened with. */
export async function atGitHub(
  work: (setting: GitHubSetting) => Promise<void>,
  { client = {}, ...options }: ServerOptions & { readonly client?: Partial<GitHubOptions> } = {},
): Promise<void> {
  await using server = await startGitHub(options);
  const events: GitHubEvent[] = [];
  await using github = openGitHub({ ...clientOptions(server), tell: (event) => events.push(event), ...client });
  await work({ server, github, events });
}

/** What it takes to talk to a test's GitHub, quickly. */
export function clientOptions(server: TestGitHub): GitHubOptions {
  return {
    token: server.token,
    tokenOrigin: "the test",
    apiUrl: server.apiUrl,
    repository: server.repository,
    userAgent: "slipway-test",
    environment: {},
    retry: { attempts: 3, baseMilliseconds: 1, longestMilliseconds: 20 },
  };
}
