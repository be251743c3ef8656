import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { type Digest, isDigest } from "../oci/digest.ts";
import { MAX_MANIFEST_BYTES, type Manifest, parseManifest, type RawManifest, referrersTag } from "../oci/manifest.ts";
import { isManifestType, OCI_INDEX } from "../oci/media-types.ts";
import { failure } from "../words/error.ts";
import { blobPath, INDEX_FILE, LAYOUT_FILE, type LayoutFiles } from "./layout-files.ts";
import { type LayoutNames, layoutNames, nameOf } from "./layout-names.ts";
import { checkManifest, manifestTypeOf, referrerDescriptor } from "./manifest-bytes.ts";
import type { Body, ReadTarget, TagOrDigest } from "./target.ts";

/** One image that a layout lists, and what it is called there; most have one name, some none. */
export interface ListedImage {
  readonly descriptor: Descriptor;
  readonly names: readonly string[];
}

interface Listing {
  readonly bytes: Uint8Array;
  readonly entries: readonly Descriptor[];
  readonly names: LayoutNames;
}

const NOTHING: Listing = { bytes: new Uint8Array(), entries: [], names: layoutNames([]) };

/**
 * Reads an OCI image layout, from a folder or from inside an archive.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
export class LayoutReader implements ReadTarget {
  readonly name: string;
  readonly store: string;
  readonly repository: string;
  readonly #files: LayoutFiles;
  #listing: Listing = NOTHING;
  /** What each manifest refers to; content never changes, so it is read once. */
  readonly #referrers = new Map<Digest, { readonly subject?: Digest; readonly descriptor: Descriptor }>();

  constructor(name: string, files: LayoutFiles) {
    this.name = name;
    this.store = name;
    this.repository = name;
    this.#files = files;
  }

  /** Whether this is a layout at all. @throws TARGET_UNREADABLE */
  async check(): Promise<void> {
    const refuse = (reason: string) => failure("TARGET_UNREADABLE", { target: this.name, reason });
    for (const path of [LAYOUT_FILE, INDEX_FILE]) {
      if ((await this.#files.size(path)) === undefined) throw refuse(`it has no file ${path}`);
    }
    const version = Buffer.from(await this.#files.read(LAYOUT_FILE)).toString("utf8");
    if (!/"imageLayoutVersion"\s*:\s*"1\./.test(version)) throw refuse("its layout is not version 1");
    await this.#list();
  }

  /** The images of index.json, without those that only refer to another (signatures, attestations). */
  async images(): Promise<readonly ListedImage[]> {
    const { entries, names } = await this.#list();
    const images = new Map<Digest, ListedImage>();
    for (const entry of entries) {
      const isList = /^sha(?:256|512)-[0-9a-f]{64,}/.test(nameOf(entry) ?? "");
      if (isList || !isManifestType(entry.mediaType) || (await this.#referrer(entry)).subject !== undefined) continue;
      const called = [...names.all].filter(([, named]) => named.digest === entry.digest).map(([name]) => name);
      images.set(entry.digest, { descriptor: plain(entry), names: called });
    }
    return [...images.values()];
  }

  /** The one image that is meant when none is named. @throws MANIFEST_UNKNOWN, IMAGE_AMBIGUOUS */
  async defaultReference(): Promise<TagOrDigest> {
    const [first, ...more] = await this.images();
    if (first === undefined) throw failure("MANIFEST_UNKNOWN", { target: this.name, reference: "image" });
    const label = ({ names, descriptor }: ListedImage) => names[0] ?? descriptor.digest;
    if (more.length === 0) return label(first);
    const shown = [first, ...more].slice(0, 10).map(label).join(", ");
    const images = more.length < 10 ? shown : `${shown}, …`;
    throw failure("IMAGE_AMBIGUOUS", { target: this.name, count: more.length + 1, images });
  }

  async resolve(reference: TagOrDigest): Promise<Descriptor | undefined> {
    const { entries, names } = await this.#list();
    if (!isDigest(reference)) {
      const named = names.find(reference);
      return named && plain(named);
    }
    const listed = entries.find((entry) => entry.digest === reference);
    return listed === undefined ? this.#unlisted(reference) : plain(listed);
  }

  /** Children of indexes are blobs that index.json does not name. */
  async #unlisted(digest: Digest): Promise<Descriptor | undefined> {
    const size = await this.#files.size(blobPath(digest));
    if (size === undefined || size > MAX_MANIFEST_BYTES) return undefined;
    const mediaType = manifestTypeOf(await this.#files.read(blobPath(digest)));
    return mediaType === undefined ? undefined : { mediaType, digest, size };
  }

  async manifest(reference: TagOrDigest): Promise<RawManifest> {
    const descriptor = await this.resolve(reference);
    if (descriptor === undefined) throw failure("MANIFEST_UNKNOWN", { target: this.name, reference });
    return this.#manifestOf(descriptor);
  }

  async #manifestOf({ digest, mediaType }: Descriptor): Promise<RawManifest> {
    const size = await this.#files.size(blobPath(digest));
    if (size === undefined) throw failure("MANIFEST_UNKNOWN", { target: this.name, reference: digest });
    if (size > MAX_MANIFEST_BYTES) {
      throw failure("MANIFEST_INVALID", { digest, reason: `it is larger than ${MAX_MANIFEST_BYTES} bytes` });
    }
    const bytes = await this.#files.read(blobPath(digest));
    return checkManifest(this.name, { descriptor: { mediaType, digest, size: bytes.byteLength }, bytes });
  }

  async exists(blob: Descriptor): Promise<boolean> {
    return (await this.#files.size(blobPath(blob.digest))) === blob.size;
  }

  blob({ digest }: Descriptor): Body {
    return async (sink, options) => {
      const path = blobPath(digest);
      if ((await this.#files.size(path)) === undefined) {
        throw failure("BLOB_UNKNOWN", { target: this.name, digest });
      }
      await this.#files.body(path)(sink, options);
    };
  }

  async *tags(): AsyncGenerator<readonly string[]> {
    if ((await this.#files.size(INDEX_FILE)) === undefined) return;
    const { names } = await this.#list();
    yield [...names.all.keys()];
  }

  /** Manifests of index.json whose subject it is, and the list that tools without a referrers API keep under a tag. */
  async referrers(digest: Digest): Promise<readonly Descriptor[]> {
    const { entries, names } = await this.#list();
    const found = new Map<Digest, Descriptor>();
    const list = names.find(referrersTag(digest));
    if (list?.mediaType === OCI_INDEX) {
      const index = parseManifest(await this.#manifestOf(list));
      if (index.kind === "index") for (const entry of index.manifests) found.set(entry.digest, entry);
    }
    for (const entry of entries.filter(({ mediaType }) => isManifestType(mediaType))) {
      const referrer = await this.#referrer(entry);
      if (referrer.subject === digest) found.set(entry.digest, referrer.descriptor);
    }
    return [...found.values()];
  }

  async #referrer(entry: Descriptor): Promise<{ readonly subject?: Digest; readonly descriptor: Descriptor }> {
    const known = this.#referrers.get(entry.digest);
    if (known !== undefined) return known;
    const raw = await this.#manifestOf(entry);
    const manifest: Manifest = parseManifest(raw);
    const referrer = {
      ...(manifest.subject !== undefined && { subject: manifest.subject.digest }),
      descriptor: referrerDescriptor(raw, manifest),
    };
    this.#referrers.set(entry.digest, referrer);
    return referrer;
  }

  /** Index.json as it is now; read each time, because others write it, and parsed only when it changed. */
  async #list(): Promise<Listing> {
    const size = await this.#files.size(INDEX_FILE);
    if (size === undefined) return NOTHING;
    if (size > MAX_MANIFEST_BYTES) {
      throw failure("TARGET_UNREADABLE", { target: this.name, reason: `${INDEX_FILE} is larger than 4 MiB` });
    }
    const bytes = await this.#files.read(INDEX_FILE);
    if (Buffer.compare(bytes, this.#listing.bytes) !== 0) {
      const index = parseManifest({ descriptor: descriptorOf(bytes, OCI_INDEX), bytes });
      const entries = index.kind === "index" ? index.manifests : [];
      this.#listing = { bytes, entries, names: layoutNames(entries) };
    }
    return this.#listing;
  }

  async close(): Promise<void> {
    await this.#files.close?.();
  }
}

/** What is known of a manifest wherever it is: without the name that this layout gave it. */
function plain({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}
