/** What one registry does in its own way. One small file each, with the reason and a link. */
export interface HostRule {
  /** By the name in references: `docker.io`, `myregistry.azurecr.io`. */
  matches(host: string): boolean;
  /** Where its API is, when not at its name. */
  readonly apiHost?: string;
  readonly upload?: UploadRule;
}

/** How blobs go up. `whole`: one PUT that streams all of it. `chunks`: PATCHes of at most `bytes`, then an empty PUT. */
export type UploadRule = { readonly way: "whole" } | { readonly way: "chunks"; readonly bytes: number };
