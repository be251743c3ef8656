import type { Descriptor } from "../oci/descriptor.ts";
import { type Digest, isDigest } from "../oci/digest.ts";
import { parseManifest, type RawManifest } from "../oci/manifest.ts";
import { failure } from "../words/error.ts";
import { bodyOf, collect } from "./bytes.ts";
import { checkManifest, referrerDescriptor } from "./manifest-bytes.ts";
import type { Body, PrunableTarget, Pushed, TagOrDigest } from "./target.ts";
import { verified } from "./verified.ts";

/** Images in memory: for tests, and for images that a program makes itself. */
export class MemoryTarget implements PrunableTarget {
  readonly name: string;
  readonly store: string;
  readonly repository: string;
  readonly #blobs = new Map<Digest, Uint8Array>();
  readonly #manifests = new Map<Digest, RawManifest>();
  readonly #tags = new Map<string, Digest>();

  constructor(name = "memory") {
    this.name = name;
    this.store = name;
    this.repository = name;
  }

  async resolve(reference: TagOrDigest): Promise<Descriptor | undefined> {
    return this.#find(reference)?.descriptor;
  }

  async manifest(reference: TagOrDigest): Promise<RawManifest> {
    const found = this.#find(reference);
    if (found === undefined) throw failure("MANIFEST_UNKNOWN", { target: this.name, reference });
    return found;
  }

  #find(reference: TagOrDigest): RawManifest | undefined {
    const digest = isDigest(reference) ? reference : this.#tags.get(reference);
    return digest === undefined ? undefined : this.#manifests.get(digest);
  }

  async exists(blob: Descriptor): Promise<boolean> {
    return this.#blobs.has(blob.digest);
  }

  blob({ digest }: Descriptor): Body {
    return async (sink, options) => {
      const bytes = this.#blobs.get(digest);
      if (bytes === undefined) throw failure("BLOB_UNKNOWN", { target: this.name, digest });
      await bodyOf(bytes)(sink, options);
    };
  }

  async *tags(): AsyncGenerator<readonly string[]> {
    if (this.#tags.size > 0) yield [...this.#tags.keys()];
  }

  async referrers(digest: Digest): Promise<readonly Descriptor[]> {
    return [...this.#manifests.values()].flatMap((raw) => {
      const manifest = parseManifest(raw);
      return manifest.subject?.digest === digest ? [referrerDescriptor(raw, manifest)] : [];
    });
  }

  async pushBlob(blob: Descriptor, body: Body): Promise<Pushed> {
    this.#blobs.set(blob.digest, await collect(verified(this.name, blob, body), blob.size));
    return "written";
  }

  async pushManifest(manifest: RawManifest, tag?: string): Promise<void> {
    const { mediaType, digest } = checkManifest(this.name, manifest).descriptor;
    const descriptor = { mediaType, digest, size: manifest.bytes.byteLength };
    this.#manifests.set(digest, { descriptor, bytes: manifest.bytes });
    if (tag !== undefined) this.#tags.set(tag, digest);
  }

  async remove(reference: TagOrDigest): Promise<void> {
    this.#tags.delete(reference);
    if (!isDigest(reference)) return;
    this.#manifests.delete(reference);
    for (const [tag, digest] of this.#tags) if (digest === reference) this.#tags.delete(tag);
  }
}
