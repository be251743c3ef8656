import type { components } from "@octokit/openapi-types";
import { addAsset } from "./asset-rules.ts";
import type { Server } from "./exchange.ts";
import type { GitHubFaults } from "./faults.ts";
import type { GitHubRights } from "./options.ts";
import { createRelease, latestRelease, type ReleaseFields, updateRelease } from "./release-rules.ts";
import type { GitHubRequests } from "./requests.ts";
import { releaseShape } from "./shapes.ts";
import { addCommit, newSha, type State } from "./state.ts";

/** What a test may change at any moment. */
export type GitHubSettings = Partial<
  Pick<
    State,
    "rights" | "scopes" | "tokenExpires" | "immutableReleases" | "archived" | "formerName" | "requestsLeft" | "changes"
  >
>;

export interface PresetRelease extends ReleaseFields {
  readonly tag_name: string;
  /** Contents by the names of their files. */
  readonly assets?: Readonly<Record<string, string | Uint8Array>>;
  /** Names of uploads that began and failed. */
  readonly starters?: readonly string[];
}

/** A GitHub that runs in this process, and the test's hands inside it. */
export class TestGitHub implements AsyncDisposable {
  /** What GITHUB_API_URL would be. */
  readonly apiUrl: string;
  readonly uploadsUrl: string;
  readonly token: string;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly requests: GitHubRequests;
  readonly faults: GitHubFaults;
  /** What was asked in a way that GitHub's description does not know, each with its request. */
  readonly violations: readonly string[];
  readonly #server: Server;
  readonly #close: () => Promise<void>;
  #closing: Promise<void> | undefined;

  constructor(server: Server, close: () => Promise<void>) {
    const { state, addresses } = server;
    this.apiUrl = addresses.api;
    this.uploadsUrl = addresses.uploads;
    this.token = state.token;
    this.repository = { owner: state.owner, name: state.name };
    this.requests = server.requests;
    this.faults = server.faults;
    this.violations = server.violations;
    this.#server = server;
    this.#close = close;
  }

  set(settings: GitHubSettings & { readonly rights?: GitHubRights }): void {
    Object.assign(this.#server.state, settings);
  }

  /** The newest commit of the default branch. */
  get head(): string {
    const { branches, defaultBranch } = this.#server.state;
    return branches.get(defaultBranch) ?? "";
  }

  /** Adds a commit to a branch, which is made where it is not there. Default: a new one, to the default branch. */
  commit(branch = this.#server.state.defaultBranch, name?: string): string {
    const sha = addCommit(this.#server.state, name);
    this.#server.state.branches.set(branch, sha);
    return sha;
  }

  /** Puts a git tag on a commit, as a push would; `annotated`: with a tag object of its own. */
  putTag(name: string, commit = this.head, kind: "lightweight" | "annotated" = "lightweight"): void {
    const annotated = kind === "annotated" ? newSha(this.#server.state) : undefined;
    this.#server.state.tags.set(name, { commit, annotated });
  }

  deleteTag(name: string): void {
    this.#server.state.tags.delete(name);
  }

  /** Commits by the names of their git tags. */
  get tags(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#server.state.tags].map(([name, { commit }]) => [name, commit]));
  }

  /** Puts a release there without a request, by the same rules: a draft where `draft` says so. Its number. */
  putRelease({ assets = {}, starters = [], draft = false, make_latest, ...fields }: PresetRelease): number {
    const { state } = this.#server;
    const release = createRelease(state, { ...fields, draft: true });
    const contentType = "application/octet-stream";
    for (const [name, content] of Object.entries(assets)) {
      addAsset(state, release, { name, contentType, bytes: Buffer.from(content) });
    }
    for (const name of starters) addAsset(state, release, { name, contentType, bytes: Buffer.alloc(0) }, "starter");
    if (!draft)
      updateRelease(state, release, { ...fields, draft: false, ...(make_latest !== undefined && { make_latest }) });
    return release.id;
  }

  /** All releases, drafts too, as the API would show them; the oldest first. */
  get releases(): readonly components["schemas"]["release"][] {
    return this.#server.state.releases.map((release) => releaseShape(this.#server, release));
  }

  /** The tag of the latest release. */
  get latest(): string | undefined {
    return latestRelease(this.#server.state)?.tag;
  }

  /** What an asset holds. */
  bytesOf(assetId: number): Buffer | undefined {
    return this.#server.state.releases.flatMap(({ assets }) => assets).find(({ id }) => id === assetId)?.bytes;
  }

  /** A tag that an immutable release had, which is gone. */
  burn(tag: string): void {
    this.#server.state.burned.add(tag);
  }

  /** Ends every connection. What is there can still be looked at. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
