import { createHash } from "node:crypto";
import { algorithmOf, type Digest } from "../../oci/digest.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import type { Sink } from "../../target/target.ts";
import { Problem } from "./problem.ts";
import type { BlobWriter, Storage, StoredBlob } from "./storage.ts";

/** What one repository shows: blobs are stored once for all, but only where they were pushed or mounted do they exist. */
export interface Repository {
  readonly blobs: Set<Digest>;
  readonly manifests: Map<Digest, RawManifest>;
  readonly tags: Map<string, Digest>;
}

/** All that a registry holds. */
export class Content {
  readonly repositories = new Map<string, Repository>();
  readonly #blobs = new Map<Digest, StoredBlob>();
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** @throws NAME_UNKNOWN */
  repository(name: string): Repository {
    const repository = this.repositories.get(name);
    if (repository === undefined) throw new Problem(404, "NAME_UNKNOWN", `repository ${name} is not known`);
    return repository;
  }

  /** The repository, made where it is not there. */
  create(name: string): Repository {
    const repository = this.repositories.get(name) ?? { blobs: new Set(), manifests: new Map(), tags: new Map() };
    this.repositories.set(name, repository);
    return repository;
  }

  /** A blob of any repository. */
  stored(digest: Digest): StoredBlob | undefined {
    return this.#blobs.get(digest);
  }

  /** A blob that a repository shows. @throws BLOB_UNKNOWN */
  blob(name: string, digest: Digest): StoredBlob {
    const shown = this.repositories.get(name)?.blobs.has(digest) ?? false;
    const blob = shown ? this.#blobs.get(digest) : undefined;
    if (blob === undefined) throw new Problem(404, "BLOB_UNKNOWN", `blob ${digest} is not in ${name}`);
    return blob;
  }

  async incoming(): Promise<IncomingBlob> {
    return new IncomingBlob(await this.#storage.writer());
  }

  /** Keeps a blob under its digest and shows it in a repository. @throws DIGEST_INVALID; the bytes are gone then */
  async keep(name: string, incoming: IncomingBlob, digest: Digest): Promise<void> {
    const blob = await incoming.finish();
    const actual = await incoming.digest(algorithmOf(digest), blob);
    if (actual !== digest) {
      await blob.remove();
      throw new Problem(400, "DIGEST_INVALID", `the bytes have the digest ${actual}, not ${digest}`);
    }
    if (this.#blobs.has(digest)) await blob.remove();
    else this.#blobs.set(digest, blob);
    this.create(name).blobs.add(digest);
  }

  close(): Promise<void> {
    return this.#storage.close();
  }
}

/** A blob on its way in, hashed as it comes. */
export class IncomingBlob {
  readonly #writer: BlobWriter;
  readonly #hash = createHash("sha256");
  #size = 0;

  constructor(writer: BlobWriter) {
    this.#writer = writer;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  readonly write: Sink = (chunk) => {
    this.#hash.update(chunk);
    this.#size += chunk.byteLength;
    return this.#writer.write(chunk);
  };

  finish(): Promise<StoredBlob> {
    return this.#writer.finish();
  }

  discard(): Promise<void> {
    return this.#writer.discard();
  }

  /** The digest of all; SHA-512 is rare enough to be counted afterwards. */
  async digest(algorithm: "sha256" | "sha512", blob: StoredBlob): Promise<Digest> {
    if (algorithm === "sha256") return `sha256:${this.#hash.digest("hex")}`;
    const hash = createHash(algorithm);
    for await (const chunk of blob.read(0, blob.size)) hash.update(chunk);
    return `sha512:${hash.digest("hex")}`;
  }
}
