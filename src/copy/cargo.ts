import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";
import type { SharedBody, Spool } from "../target/cache/spool.ts";
import type { Body, ReadTarget } from "../target/target.ts";
import { verified } from "../target/verified.ts";
import { asFailure, failure, SlipwayError } from "../words/error.ts";
import type { Manifests } from "./manifests.ts";
import type { Transfer } from "./plan.ts";
import { choosePlatforms } from "./platforms.ts";

/**
 * What one image's destinations share: its manifests, read once; and its blobs, read once into the spool where there is
 * more than one destination, straight from the source where there is one.
 */
export class Cargo {
  readonly transfer: Transfer;
  readonly source: ReadTarget;
  /** Bytes that were read from the source and are not yet in anybody's outcome. */
  bytesRead = 0;
  readonly #spool: Spool | undefined;
  readonly #read: Manifests;
  readonly #manifests = new Map<Digest, Promise<RawManifest>>();
  readonly #shares = new Map<Digest, { readonly shared: SharedBody; waiting: number }>();

  constructor(transfer: Transfer, source: ReadTarget, read: Manifests, spool: Spool | undefined) {
    this.transfer = transfer;
    this.source = source;
    this.#read = read;
    this.#spool = spool;
  }

  /** The manifest that the destinations' tags will stand for. */
  async root(): Promise<RawManifest> {
    const { resolved, root, platforms } = this.transfer;
    const manifest = await this.manifest(resolved.digest);
    if (root.digest === resolved.digest) return manifest;
    const chosen = await choosePlatforms(this.source, manifest, platforms ?? []);
    if (chosen?.descriptor.digest === root.digest) return chosen;
    throw failure("CONTENT_MISMATCH", {
      digest: root.digest,
      target: this.source.name,
      reason: "the platforms chosen give another index",
    });
  }

  manifest(digest: Digest): Promise<RawManifest> {
    const known = this.#manifests.get(digest);
    if (known !== undefined) return known;
    const manifest = this.#read.of(this.source, digest).catch((error: unknown) => {
      this.#manifests.delete(digest);
      throw asFailure(error).on("source");
    });
    this.#manifests.set(digest, manifest);
    return manifest;
  }

  /** The blob's bytes, checked, as often as anybody asks. */
  body(blob: Descriptor): Body {
    const read = this.#fromSource(blob);
    const known = this.#shares.get(blob.digest);
    if (known !== undefined) return fromSource(known.shared.body);
    const spool = this.#spool;
    // one destination gains nothing by a disk in between, but by what an earlier run has read already
    if (spool === undefined || (this.transfer.arrivals.length === 1 && !spool.has(blob))) {
      return onSource(verified(this.source.name, blob, read));
    }
    const shared = spool.share(blob, onSource(read), this.source.name);
    const waiting = this.transfer.arrivals.length;
    shared.expect(waiting);
    this.#shares.set(blob.digest, { shared, waiting });
    return fromSource(shared.body);
  }

  /** One destination needs the blob no more; after the last one its place on the disk is free. */
  async done(blob: Descriptor): Promise<void> {
    const share = this.#shares.get(blob.digest);
    if (share === undefined) return;
    share.waiting -= 1;
    share.shared.expect(share.waiting);
    if (share.waiting > 0) return;
    this.#shares.delete(blob.digest);
    await share.shared.release();
  }

  /** Gives up what some destination has not got: another try, or another run, goes on from there. */
  async close(): Promise<void> {
    const shares = [...this.#shares.values()];
    this.#shares.clear();
    await Promise.all(shares.map(({ shared }) => shared.giveUp()));
  }

  #fromSource(blob: Descriptor): Body {
    return (sink, options) =>
      this.source.blob(blob)((chunk) => {
        this.bytesRead += chunk.byteLength;
        return sink(chunk);
      }, options);
  }
}

/** Says of what goes wrong that it went wrong at the source; what the receiver threw says its side itself. */
function onSource(body: Body): Body {
  return (sink, options) =>
    body(sink, options).catch((error: unknown) => {
      throw asFailure(error).on("source");
    });
}

/** What the spool finds wrong with the bytes came from the source; a full disk did not. */
function fromSource(body: Body): Body {
  return (sink, options) =>
    body(sink, options).catch((error: unknown) => {
      throw error instanceof SlipwayError && error.code === "CONTENT_MISMATCH" ? error.on("source") : error;
    });
}
