import type { SlipwayError } from "../../words/error.ts";

/** What a service says of a file, by which later bytes are known to be of the same one. */
export interface Version {
  /** Strong ones only: a weak one does not promise the same bytes. */
  readonly etag?: string;
  /** As the service wrote it. */
  readonly lastModified?: string;
  /** In bytes. */
  readonly size?: number;
  /** Of the whole file, in base64. */
  readonly md5?: string;
}

/** What is on the disk already of a version: its first bytes, or all of it. */
export interface Held {
  readonly kind: "part" | "whole";
  readonly version: Version;
  readonly bytes: number;
}

/** What a service answers when it is asked for a file. */
export type Answer =
  /** What is held is all there is. */
  | { readonly kind: "unchanged" }
  /** The file is another one now, or the service gives no rest of it: ask again with nothing held. */
  | { readonly kind: "outdated" }
  /** The bytes from `start` on, which is 0 or where the held ones end. */
  | {
      readonly kind: "bytes";
      readonly version: Version;
      readonly start: number;
      readonly body: AsyncIterable<Uint8Array>;
    }
  /** The service gives none; `waitMilliseconds` is how long it asks to be left alone. */
  | { readonly kind: "refused"; readonly error: SlipwayError; readonly waitMilliseconds?: number };

/** A file at a service. */
export interface Remote {
  /** How people write it and how notes name it: a URL without anything that could be a secret. */
  readonly name: string;
  /** Equal for what is the same file; without secrets. */
  readonly identity: string;
  /** The file's own name. */
  readonly fileName: string;
  /** Asks for what is not held; one request and its redirects. @throws whatever the connection does */
  ask(held: Held | undefined, signal: AbortSignal): Promise<Answer>;
  /**
   * Asks whether it is there, without fetching it.
   * @returns its size in bytes, where the service says
   * @throws SlipwayError for a refusal, else whatever the connection does
   */
  look(signal: AbortSignal): Promise<number | undefined>;
  /** The error for what {@link ask} or one of its bodies threw. */
  failed(thrown: unknown): SlipwayError;
  /** Ends its connections. */
  close(): Promise<void>;
}

/** Whether a version can be recognised: without, a download cannot go on and nothing is known to be unchanged. */
export function isRecognisable({ etag, lastModified }: Version): boolean {
  return etag !== undefined || lastModified !== undefined;
}
