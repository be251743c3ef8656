import type { Listing } from "../listings/listing.ts";

/** What one registry does in its own way. One small file each, with the reason and a link. */
export interface HostRule {
  /** By the name in references: `docker.io`, `myregistry.azurecr.io`. */
  matches(host: string): boolean;
  /** Where its API is, when not at its name. */
  readonly apiHost?: string;
  readonly upload?: UploadRule;
  /** How it lists what its tags stand for. */
  readonly listing?: Listing;
  /** false: tags are deleted by another API of its own alone. */
  readonly deletesTags?: false;
}

/** How blobs go up. */
export type UploadRule =
  /** One PUT that streams all of it. What is cut goes on in a PATCH. */
  | { readonly way: "whole" }
  /** One PUT that streams all of it, and no PATCH: it would be refused. */
  | { readonly way: "only-whole" }
  /** PATCHes of at most `bytes`, then an empty PUT. `alone`: each over a connection of its own. */
  | { readonly way: "chunks"; readonly bytes: number; readonly alone?: boolean };
