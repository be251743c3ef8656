import type { Digest } from "../oci/digest.ts";

/** A release of a repository. https://docs.github.com/en/rest/releases/releases */
export interface Release {
  readonly id: number;
  /** The git tag's name. Drafts have no git tag yet. */
  readonly tag: string;
  readonly name: string;
  readonly state: "draft" | "published";
  readonly prerelease: boolean;
  /** Whether its assets and its tag can never change again. */
  readonly immutable: boolean;
  /** The notes, in Markdown. */
  readonly body: string;
  /** Its page for people. */
  readonly htmlUrl: string;
  /** Where its assets are sent to, a URI template. */
  readonly uploadUrl: string;
  /** ISO 8601. Of a published release: when its commit was made. */
  readonly createdAt: string;
  readonly publishedAt?: string;
  /** The branch or commit at which publishing makes the tag, where there is none. */
  readonly target: string;
  /** true: it was asked for as the latest. Otherwise not known. */
  readonly latest?: true;
}

/** What tells a release from all others; a change of a draft takes its tag away unless it names it again. */
export type ReleaseKey = Pick<Release, "id" | "tag">;

/** A file of a release. https://docs.github.com/en/rest/releases/assets */
export interface Asset {
  readonly id: number;
  /** As GitHub has renamed it. */
  readonly name: string;
  /** Shown in place of the name; empty where there is none. */
  readonly label: string;
  /** Bytes. */
  readonly size: number;
  /** Only `uploaded` ones are whole; `starter` is what a failed upload leaves. */
  readonly state: "uploaded" | "starter" | "open";
  /** Old Enterprise servers do not tell it. */
  readonly digest?: Digest;
  readonly contentType: string;
  readonly downloadUrl: string;
}
