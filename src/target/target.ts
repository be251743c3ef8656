import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";

/**
 * Takes bytes. The chunk is lent: its giver may use the buffer again once the promise has resolved, or at once where
 * there is none. A sink that keeps bytes for longer copies them. A promise also means: wait before giving more.
 */
export type Sink = (chunk: Uint8Array) => Promise<void> | undefined;

export interface ReadOptions {
  /** The first byte wanted. Default 0. */
  readonly offset?: number;
  readonly signal?: AbortSignal;
}

/**
 * The bytes of a blob, as a function, so that every attempt opens them anew. Resolves when the sink has been given all
 * of them. Bodies of targets do not check digests: {@link verified} does, where bytes are read.
 */
export type Body = (sink: Sink, options?: ReadOptions) => Promise<void>;

/** A tag or a digest. */
export type TagOrDigest = string;

/** A place that images can be read from: a repository of a registry, a folder, an archive. */
export interface ReadTarget {
  /** How people write it, without tag: `docker.io/library/busybox`, `oci:/srv/layout`. */
  readonly name: string;
  /**
   * What shares blobs with this target by mounting: the registry's host. Targets that cannot mount name themselves.
   * The blobs that one run has sent are remembered by it.
   */
  readonly store: string;
  /** The target's name within its store: the repository. */
  readonly repository: string;
  /** What a tag or digest stands for; undefined when it is not there. Costs one small request at most. */
  resolve(reference: TagOrDigest): Promise<Descriptor | undefined>;
  /** The manifest's exact bytes, checked against its digest. @throws MANIFEST_UNKNOWN */
  manifest(reference: TagOrDigest): Promise<RawManifest>;
  exists(blob: Descriptor): Promise<boolean>;
  /** The blob's bytes. Nothing is asked before the body is called. @throws BLOB_UNKNOWN when it is */
  blob(blob: Descriptor): Body;
  /** All tags, in pages of any size; no pages where the repository does not exist. */
  tags(): AsyncIterable<readonly string[]>;
  /**
   * What tags stand for, for many at once, in pages: it may be a little old, and of some tags it is not said. No pages
   * where the place has no such list; it may break off with an error.
   */
  digests?(): AsyncIterable<ReadonlyMap<string, Digest>>;
  /**
   * What refers to a digest (signatures, attestations), by API or by tag schema. Whoever knows all tags already may give
   * them: then the tag schema is not asked for what is not there.
   */
  referrers(digest: Digest, tags?: ReadonlySet<string>): Promise<readonly Descriptor[]>;
  /** Ends what is open, and makes durable what was written: an archive is there only after it. Once or more. */
  close?(): Promise<void>;
}

/** How a blob came to be there. */
export type Pushed = "mounted" | "written";

export interface PushBlobOptions {
  /** Another repository of the same registry that is known to hold the blob. */
  readonly mountFrom?: string;
  readonly signal?: AbortSignal;
}

/** A place that images can be written to. Everything is idempotent; a manifest comes after all that it points to. */
export interface WriteTarget extends ReadTarget {
  /** Sends a blob; the target checks the digest before it counts as there. */
  pushBlob(blob: Descriptor, body: Body, options?: PushBlobOptions): Promise<Pushed>;
  /** Puts the manifest's bytes as they are under its digest and, where given, under the tag. */
  pushManifest(manifest: RawManifest, tag?: string): Promise<void>;
  /**
   * Ends what is open without making the place of it what closing would: an archive stays as it was. Nothing where it
   * was closed. Places without it hold each image by itself, and are closed whatever happened.
   */
  abandon?(): Promise<void>;
}

/** A place that tags can be taken away from. */
export interface PrunableTarget extends WriteTarget {
  /**
   * Takes a tag away and leaves what it points to, or by digest a manifest with all of its tags. Fine where it is gone.
   * @throws DELETE_REFUSED where the place does not delete in this way
   */
  remove(reference: TagOrDigest): Promise<void>;
}
