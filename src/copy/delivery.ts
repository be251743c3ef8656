import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { blobsOf, childrenOf, parseManifest, type RawManifest } from "../oci/manifest.ts";
import { isForeignLayer, isManifestType } from "../oci/media-types.ts";
import type { Body, WriteTarget } from "../target/target.ts";
import { failure, SlipwayError } from "../words/error.ts";
import type { Form } from "./adapt/form.ts";
import { Refused, refusalOf } from "./adapt/refused.ts";
import type { Cargo } from "./cargo.ts";
import type { Tell } from "./events.ts";
import type { How, Ledger } from "./ledger.ts";
import type { Counts } from "./outcome.ts";
import { DEFAULT_PATIENCE, patiently } from "./patience.ts";
import { type Arrival, type Companion, onlyMissesCompanions } from "./plan.ts";
import { all } from "./pool.ts";

/** The specification sets no limit; nobody nests deeper than three. */
const MAX_DEPTH = 8;

/** One image on its way to one destination: blobs, then children, then what refers to it, and the tag last of all. */
export class Delivery {
  readonly #cargo: Cargo;
  readonly #destination: WriteTarget;
  readonly #arrival: Arrival;
  readonly #ledger: Ledger;
  readonly #tell: Tell | undefined;
  readonly #patience: number;
  readonly #counts = { bytesWritten: 0, bytesMounted: 0, bytesSkipped: 0 };
  readonly #released = new Set<Digest>();
  /** Manifests that the source does not have. */
  #made: Form["made"] = new Map();
  /** What the destination says it has is taken for true, until it refuses a manifest for want of it. */
  #trusting = true;

  constructor(
    cargo: Cargo,
    destination: WriteTarget,
    arrival: Arrival,
    ledger: Ledger,
    { tell, patience = DEFAULT_PATIENCE }: { readonly tell?: Tell; readonly patience?: number },
  ) {
    this.#cargo = cargo;
    this.#destination = destination;
    this.#arrival = arrival;
    this.#ledger = ledger;
    this.#tell = tell;
    this.#patience = patience;
  }

  get counts(): Omit<Counts, "attempts" | "bytesRead"> {
    return { ...this.#counts };
  }

  /** @throws Refused where the destination does not take a manifest for what it is; another form can then be sent */
  async send({ root, made, companions }: Form): Promise<void> {
    this.#made = made;
    const { tag } = this.#arrival;
    const isThere = made.size === 0 && onlyMissesCompanions(this.#arrival);
    if (!isThere) await this.#sendWhole(root, companions.length > 0 ? undefined : tag);
    for (const companion of companions) await this.#sendCompanion(companion);
    if (!isThere && companions.length > 0 && tag !== undefined) await this.#put(root, tag);
  }

  async #sendCompanion(companion: Companion): Promise<void> {
    const { digest } = companion.descriptor;
    try {
      await this.#sendWhole(await this.#cargo.manifest(digest), "tag" in companion ? companion.tag : undefined);
    } catch (error) {
      throw error instanceof Refused ? error.of(digest) : error;
    }
  }

  /**
   * Everything that a manifest points to, then the manifest. A registry that goes on to refuse it for want of parts has
   * lost them, or never had what it said: it is sent all of them once more.
   */
  async #sendWhole(manifest: RawManifest, tag: string | undefined): Promise<void> {
    try {
      await this.#sendParts(manifest, 0);
      await this.#put(manifest, tag);
    } catch (error) {
      if (!this.#trusting || !isForWantOfParts(error)) throw error;
      this.#trusting = false;
      await this.#sendParts(manifest, 0);
      await this.#put(manifest, tag);
    }
  }

  async #put(manifest: RawManifest, tag?: string): Promise<void> {
    const isComplete = !this.#trusting;
    const push = async () => {
      try {
        await this.#destination.pushManifest(manifest, tag);
      } catch (error) {
        throw refusalOf(error, manifest, { store: this.#destination.store, isComplete });
      }
    };
    await patiently(push, { patience: this.#patience, isResent: isComplete, isEarly: isForWantOfParts });
  }

  async #sendParts(manifest: RawManifest, depth: number): Promise<void> {
    const refuse = (reason: string) =>
      failure("MANIFEST_INVALID", { digest: manifest.descriptor.digest, reason }, { side: "source" });
    if (depth > MAX_DEPTH) throw refuse(`indexes are nested more than ${MAX_DEPTH} deep`);
    if (this.#arrival.adapt === true) this.#ledger.refusals.check(this.#destination.store, manifest);
    const parsed = parseManifest(manifest);
    const blobs = blobsOf(parsed).filter((blob) => !isForeignLayer(blob.mediaType));
    await all([
      ...unique(childrenOf(parsed)).map((child) => this.#sendChild(child, depth + 1)),
      ...unique(blobs).map((blob) => this.#sendBlob(blob)),
    ]);
  }

  #sendChild(child: Descriptor, depth: number): Promise<void> {
    if (!this.#trusting) this.#ledger.distrust(this.#destination, child.digest);
    return this.#ledger.ensureChild(this.#destination, child.digest, () => this.#bringChild(child, depth));
  }

  async #bringChild(child: Descriptor, depth: number): Promise<void> {
    if (!this.#isFresh && this.#trusting && (await this.#destination.resolve(child.digest)) !== undefined) return;
    const manifest = this.#made.get(child.digest) ?? (await this.#cargo.manifest(child.digest));
    if (isManifestType(child.mediaType) && child.mediaType !== manifest.descriptor.mediaType) {
      const reason = `its index calls it ${child.mediaType}, it is served as ${manifest.descriptor.mediaType}`;
      throw failure("MANIFEST_INVALID", { digest: child.digest, reason }, { side: "source" });
    }
    await this.#sendParts(manifest, depth);
    await this.#put(manifest);
  }

  async #sendBlob(blob: Descriptor): Promise<void> {
    if (!this.#trusting) this.#ledger.distrust(this.#destination, blob.digest);
    const how = await this.#ledger.ensure(this.#destination, blob, (from) => this.#move(blob, from));
    if (how === "mounted") this.#counts.bytesMounted += blob.size;
    if (how === "present" && !this.#released.has(blob.digest)) this.#counts.bytesSkipped += blob.size;
    await this.#release(blob);
    this.#tell?.({ kind: "arrived", destination: this.#destination.name, digest: blob.digest, size: blob.size, how });
  }

  /** Several manifests may share a blob; this destination is done with it once. */
  async #release(blob: Descriptor): Promise<void> {
    if (this.#released.has(blob.digest)) return;
    this.#released.add(blob.digest);
    await this.#cargo.done(blob);
  }

  async #move(blob: Descriptor, from: string | undefined): Promise<How> {
    const { source } = this.#cargo;
    const sibling = source.store === this.#destination.store ? source.repository : undefined;
    const mountFrom = from ?? (sibling === this.#destination.repository ? undefined : sibling);
    const ask = this.#trusting && !this.#isFresh && mountFrom === undefined;
    if (ask && (await this.#destination.exists(blob))) return "present";
    return this.#destination.pushBlob(blob, this.#watched(blob, this.#cargo.body(blob)), {
      ...(mountFrom !== undefined && { mountFrom }),
    });
  }

  /** Counts and tells what is given to the destination. */
  #watched(blob: Descriptor, body: Body): Body {
    return (sink, options) => {
      let moved = options?.offset ?? 0;
      return body((chunk) => {
        moved += chunk.byteLength;
        this.#counts.bytesWritten += chunk.byteLength;
        this.#tell?.({
          kind: "moving",
          destination: this.#destination.name,
          digest: blob.digest,
          moved,
          size: blob.size,
        });
        return sink(chunk);
      }, options);
    };
  }

  get #isFresh(): boolean {
    return this.#arrival.action === "create" && this.#arrival.fresh;
  }
}

function isForWantOfParts(error: unknown): boolean {
  return error instanceof SlipwayError && error.code === "PARTS_MISSING";
}

/** A manifest may name the same content twice; it is sent once. */
function unique(descriptors: readonly Descriptor[]): readonly Descriptor[] {
  const seen = new Set<Digest>();
  return descriptors.filter(({ digest }) => !seen.has(digest) && seen.add(digest));
}
