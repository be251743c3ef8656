import { digestOf } from "../../oci/digest.ts";
import type { GitHubOptions, GitHubRights } from "./options.ts";

export interface StoredAsset {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly contentType: string;
  /** `starter`: an upload began and failed. https://docs.github.com/en/rest/releases/assets#upload-a-release-asset */
  readonly state: "uploaded" | "starter";
  readonly bytes: Buffer;
  readonly digest: string | undefined;
  readonly createdAt: string;
}

export interface StoredRelease {
  readonly id: number;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  /** Of the commit, once there is one. */
  createdAt: string;
  publishedAt: string | null;
  assets: StoredAsset[];
}

/** What a git tag points to; `annotated` is the tag object of one that has a message. */
export interface StoredTag {
  readonly commit: string;
  readonly annotated: string | undefined;
}

/** What GitHub attests when it publishes an immutable release, and keeps. */
export interface StoredAttestation {
  readonly tag: string;
  readonly subject: string;
}

/** All that this GitHub knows. It outlives the clients that talk to it. */
export interface State {
  readonly owner: string;
  readonly name: string;
  readonly repositoryId: number;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  readonly token: string;
  rights: GitHubRights;
  scopes: readonly string[] | undefined;
  tokenExpires: Date | undefined;
  immutableReleases: boolean;
  archived: boolean;
  /** What the repository was called before. */
  formerName: string | undefined;
  requestsLeft: number;
  /** What generate-notes says has changed. */
  changes: readonly string[];
  readonly digests: boolean;
  /** Dates by commit. */
  readonly commits: Map<string, string>;
  readonly branches: Map<string, string>;
  readonly tags: Map<string, StoredTag>;
  releases: StoredRelease[];
  /** The release that was last made the latest. */
  latest: number | undefined;
  /** Tags that an immutable release has had. */
  readonly burned: Set<string>;
  readonly attestations: StoredAttestation[];
  lastId: number;
  clock: number;
}

export function newState(options: GitHubOptions): State {
  const [owner = "", name = ""] = (options.repository ?? "acme/app").split("/");
  const defaultBranch = options.defaultBranch ?? "main";
  const state: State = {
    owner,
    name,
    repositoryId: 1,
    isPrivate: options.private ?? false,
    defaultBranch,
    token: options.token ?? "a-token-for-tests",
    rights: options.rights ?? "write",
    scopes: options.scopes,
    tokenExpires: options.tokenExpires,
    immutableReleases: options.immutableReleases ?? false,
    archived: false,
    formerName: undefined,
    requestsLeft: options.requestsLeft ?? 5000,
    changes: ["First steps by @octocat"],
    digests: options.digests ?? true,
    commits: new Map(),
    branches: new Map(),
    tags: new Map(),
    releases: [],
    latest: undefined,
    burned: new Set(),
    attestations: [],
    lastId: 1,
    clock: Date.UTC(2026, 0, 1),
  };
  state.branches.set(defaultBranch, addCommit(state));
  return state;
}

export function nextId(state: State): number {
  state.lastId += 1;
  return state.lastId;
}

/** A second later than ever before, so that all has an order. */
export function now(state: State): string {
  state.clock += 1000;
  return new Date(state.clock).toISOString().replace(".000Z", "Z");
}

/** A new object name: 40 hex digits. */
export function newSha(state: State): string {
  return digestOf(`object ${nextId(state)}`).slice("sha256:".length, "sha256:".length + 40);
}

export function addCommit(state: State, sha = newSha(state)): string {
  state.commits.set(sha, now(state));
  return sha;
}

/** The commit that a branch or a full commit name stands for; a tag, a short name or `refs/…` is none, as with GitHub. */
export function commitOf(state: State, target: string): string | undefined {
  return state.branches.get(target) ?? (state.commits.has(target) ? target : undefined);
}
