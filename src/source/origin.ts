import type { Digest } from "../oci/digest.ts";

/** Where a package comes from. */
export type Origin = AzureBlobOrigin | HttpsOrigin | LocalOrigin;

interface Checked {
  /** What the package must hash to, `sha256:<hex>`. Left out: what the service itself says of it is checked. */
  readonly checksum?: Digest;
}

/**
 * A blob in Azure Blob Storage, read with a shared access signature.
 * https://learn.microsoft.com/rest/api/storageservices/create-service-sas
 */
export interface AzureBlobOrigin extends Checked {
  readonly kind: "azure-blob";
  /** The SAS URL, a secret: of a container, with `package` naming the blob, or of the blob itself. */
  readonly url: string;
  /** The blob's name in the container; it may hold slashes. */
  readonly package?: string;
}

/** A file behind a plain URL. Plain HTTP is for this machine, and elsewhere only with a checksum. */
export interface HttpsOrigin extends Checked {
  readonly kind: "https";
  readonly url: string;
}

/** A file or a folder of this machine, used where it is. */
export interface LocalOrigin extends Checked {
  readonly kind: "local";
  readonly path: string;
}

/** What a download gives: a file, or a folder of this machine, which needs no unpacking and has no digest. */
export type Downloaded = DownloadedFile | PresentFolder;

export interface DownloadedFile {
  readonly kind: "file";
  readonly file: string;
  /** SHA-256 of the file as it is on the disk. */
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
  /** `resumed`: it went on with what an earlier run had left; `present`: nothing was fetched. */
  readonly how: "downloaded" | "resumed" | "present";
}

export interface PresentFolder {
  readonly kind: "folder";
  readonly folder: string;
  readonly how: "present";
}

/** What happens while a package arrives. Listeners display; nothing depends on them. */
export type DownloadEvent =
  | {
      readonly kind: "moved";
      /** Bytes that are on the disk, those of earlier runs included. */
      readonly moved: number;
      /** Bytes in all; left out where the service does not say. */
      readonly size?: number;
    }
  | { readonly kind: "waiting"; readonly reason: string; readonly milliseconds: number };

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly tell?: (event: DownloadEvent) => void;
  /** How long next to nothing may arrive before the connection is given up and made anew. Default: 30,000. */
  readonly idleMilliseconds?: number;
  /** How often it is tried again. Default: until 5 tries in a row brought nothing, with growing pauses. */
  readonly patience?: Patience;
}

export interface Patience {
  /** Tries in a row without progress that end it. */
  readonly attempts: number;
  /** The pause after the first failure; it doubles with each that follows, and is shortened at random. */
  readonly baseMilliseconds: number;
}
