/** What a request does to a repository. https://distribution.github.io/distribution/spec/auth/scope/ */
export type Access = "pull" | "push";

/** The repositories that one request touches; a mount touches two. */
export type Scopes = Readonly<Record<string, Access>>;

/** `repository:library/busybox:pull`, one for each repository, sorted. Push includes pull. */
export function scopeTexts(scopes: Scopes): readonly string[] {
  return Object.entries(scopes)
    .map(([repository, access]) => `repository:${repository}:${access === "push" ? "pull,push" : "pull"}`)
    .sort();
}

/** Whether a token for `held` is enough for `wanted`. */
export function covers(held: Scopes, wanted: Scopes): boolean {
  return Object.entries(wanted).every(
    ([repository, access]) => held[repository] === "push" || held[repository] === access,
  );
}
