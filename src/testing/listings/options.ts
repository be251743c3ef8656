import type { Digest } from "../../oci/digest.ts";

/** A registry's own API that lists what tags stand for, beside the distribution protocol. */
export interface ListingOptions {
  readonly kind: "acr" | "docker-hub" | "harbor" | "quay";
  /** What the list says, newest last, instead of the truth: an older state, or tags without a digest. */
  readonly says?: (tags: ReadonlyMap<string, Digest>) => readonly ListedTag[];
  /** Harbor: every project is a proxy cache. */
  readonly isProxy?: boolean;
}

export type ListedTag = readonly [name: string, digest: Digest | undefined];
