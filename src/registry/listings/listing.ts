import type { Digest } from "../../oci/digest.ts";

/**
 * How registries of one kind list what their tags stand for, in pages. The distribution specification has no such list:
 * each kind has an API of its own.
 */
export interface Listing {
  /** Where the API is. Left out: at the registry itself. */
  readonly at?: URL;
  /** As whom it is asked. `nobody`: without any credential; `user`: by name and password; `token`: one for metadata. */
  readonly as: "nobody" | "user" | "token";
  /** The first question about a repository, a path with its query; undefined where the API cannot have it. */
  first(repository: string): string | undefined;
  /** What an answer says. @throws Error with the reason where it is not as the API's documentation says */
  read(answer: PageAnswer): Page;
}

/** An answer 200 of a listing's API. */
export interface PageAnswer {
  readonly repository: string;
  readonly url: URL;
  readonly json: unknown;
  header(name: string): string | undefined;
}

export interface Page {
  /** Tags whose digest is not told are left out. */
  readonly digests: ReadonlyMap<string, Digest>;
  /** Where to go on, as seen from this page; left out after the last one. */
  readonly next?: string;
}
