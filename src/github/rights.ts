/** What a token may do with a repository, and what holds there; facts for people who check before they release. */
export interface Rights {
  /**
   * Whether releases can be written. `likely`: the account may, and whether the token may shows only in trying, as
   * GitHub tells the account's rights only.
   */
  readonly write: { readonly state: "yes" | "likely" | "no"; readonly reason: string };
  readonly tokenExpiresAt?: Date;
  /** Of a classic token. https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
  readonly scopes?: readonly string[];
  /** Whether what is published can never be changed. Only who administers the repository is told. */
  readonly immutableReleases: { readonly state: "on" | "off" | "unknown"; readonly reason: string };
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly defaultBranch: string;
  /** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
  readonly requests?: { readonly limit: number; readonly remaining: number; readonly resetsAt: Date };
}

/**
 * Whether a tag can be released under. `free`: nothing keeps it; `locked`: an immutable release has it; `burned`: one
 * had it and was deleted, so that no release ever can again; `unknown`: GitHub does not say before it is tried.
 * https://docs.github.com/en/code-security/concepts/supply-chain-security/immutable-releases
 */
export interface TagFate {
  readonly state: "free" | "locked" | "burned" | "unknown";
  readonly reason: string;
}
