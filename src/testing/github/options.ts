import type { KeyPair } from "../servers/certificates.ts";

/** What the token may do with the repository, each with all before it. `write` is `contents: write`, what a release needs. */
export type GitHubRights = "none" | "read" | "write" | "admin";

/** What a test wants its GitHub to be like. */
export interface GitHubOptions {
  /** `github.com`: uploads have an origin of their own. `enterprise`: `/api/v3` and `/api/uploads` of one. Default github.com. */
  readonly kind?: "github.com" | "enterprise";
  /** `owner/name` of the one repository. Default `acme/app`. */
  readonly repository?: string;
  /** Default public: everybody may read it. */
  readonly private?: boolean;
  /** Default `main`, with one commit. */
  readonly defaultBranch?: string;
  /** The one token that is known. Default `a-token-for-tests`. */
  readonly token?: string;
  /** Default write. */
  readonly rights?: GitHubRights;
  /** What a classic token says it may do (`x-oauth-scopes`). Default: a token that has none. */
  readonly scopes?: readonly string[];
  /** Told with each answer. Default: the token does not expire. */
  readonly tokenExpires?: Date;
  /** Releases that are published from now on stay as they are. Default off. */
  readonly immutableReleases?: boolean;
  /** Whether assets carry digests, which old Enterprise servers do not know. Default on. */
  readonly digests?: boolean;
  /** Requests that are left. Default 5000. */
  readonly requestsLeft?: number;
  readonly tls?: KeyPair;
  /** The host that its URLs name; the test sees to it that it leads here. Default 127.0.0.1. */
  readonly host?: string;
}
