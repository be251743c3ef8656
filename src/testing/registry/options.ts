import type { ListingOptions } from "../listings/options.ts";

/** What a test wants its registry to be like. Everything left out is as strict and as capable as the specification. */
export interface RegistryOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** PEM texts. `ca`: clients must show a certificate that it signed. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca?: string };
  /** Default: everybody may do everything. */
  readonly auth?: Auth;
  /** Where blobs are: in memory, or in files of a folder of its own that goes when the registry closes. Default memory. */
  readonly storage?: "memory" | "disk";
  /** The referrers API. Off: 404, no OCI-Subject, and clients must use the tag schema. Default on. */
  readonly referrers?: boolean;
  /** Default on. Off: 405. `digests`: whole manifests only; a tag is refused with 400, as distribution 2.8 does. */
  readonly deletes?: boolean | "digests";
  /** Blob GETs answer 307 to another origin, which refuses requests that carry Authorization, as S3 does. Default off. */
  readonly redirectBlobs?: boolean;
  /** Most entries in one page of tags, repositories or referrers. Default 1000. */
  readonly pageSize?: number;
  /** The API of its own that it has beside the protocol. Default: none. */
  readonly listing?: ListingOptions;
  /** Whether an upload can be given up by DELETE. Off: 405. Default on. */
  readonly cancelsUploads?: boolean;
  /** Tags that stay where they are once they are there: 412 to whatever is put to them, as Harbor does. Default: none. */
  readonly immutableTags?: (tag: string) => boolean;
  /** How upload Locations are written. Default relative. */
  readonly locations?: "relative" | "absolute";
  /** What becomes of an upload whose request was cut: its bytes stay (distribution 3), or it is gone (distribution 2.8). Default keep. */
  readonly cutUploads?: "keep" | "forget";
  /** How many manifests may be fetched. Default: nobody counts. */
  readonly pullLimit?: PullLimit;
  /** What it does not take, with the answers of those that do not. Default: it takes everything. */
  readonly refuses?: readonly Refused[];
}

/**
 * Of manifests. `artifacts`: those whose configuration is no image's, as Alibaba Cloud ACR; `attestations`: layers of
 * in-toto, as older Quays, which know the types that they allow; `nested-indexes`; `oci`: all types but Docker's, as
 * distribution before 2.7; `foreign-layers`: layers that it does not hold itself.
 */
export type Refused = "artifacts" | "attestations" | "nested-indexes" | "oci" | "foreign-layers";

export interface PullLimit {
  readonly pulls: number;
  /** As it is told; the count never begins anew. */
  readonly windowSeconds: number;
}

export type Auth =
  | { readonly kind: "none" }
  | ({ readonly kind: "basic" } & Rights)
  | ({ readonly kind: "token" } & Rights & {
        /** How long a token works. */
        readonly expiresInSeconds: number;
        /** What the challenge calls the registry. */
        readonly service?: string;
        /** What the challenge names as the token server. Default: this registry's own `/token`. */
        readonly realm?: string;
      });

export interface Rights {
  /** Passwords by user name. */
  readonly users: Readonly<Record<string, string>>;
  /** Who may do what; `undefined` is a caller without credentials. Default: every user everything, nobody else anything. */
  readonly allow?: (user: string | undefined, repository: string, action: Action) => boolean;
}

/** https://distribution.github.io/distribution/spec/auth/scope/ */
export type Action = "pull" | "push" | "delete" | "*" | "metadata_read";
