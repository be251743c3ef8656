/** What a request does to a repository. https://distribution.github.io/distribution/spec/auth/scope/ */
export type Access = "pull" | "push" | "delete" | "metadata";

/** The repositories that one request touches; a mount touches two. */
export type Scopes = Readonly<Record<string, Access>>;

/** What each asks a token server for: more includes less, and some registries count deleting as pushing. */
const ACTIONS: Readonly<Record<Access, string>> = {
  pull: "pull",
  push: "pull,push",
  delete: "pull,push,delete",
  /** Azure's word: https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions */
  metadata: "metadata_read",
};

/** `repository:library/busybox:pull`, one for each repository, sorted. */
export function scopeTexts(scopes: Scopes): readonly string[] {
  return Object.entries(scopes)
    .map(([repository, access]) => `repository:${repository}:${ACTIONS[access]}`)
    .sort();
}

/** Whether a token for `held` is enough for `wanted`. */
export function covers(held: Scopes, wanted: Scopes): boolean {
  return Object.entries(wanted).every(([repository, access]) => {
    const had = held[repository];
    return had !== undefined && ACTIONS[had].startsWith(ACTIONS[access]);
  });
}
