import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { childrenOf, parseManifest } from "../oci/manifest.ts";
import { isIndexType } from "../oci/media-types.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";
import { failure } from "../words/error.ts";
import { imageName } from "./plan.ts";
import { forEachOf } from "./pool.ts";

/** The specification sets no limit; nobody nests deeper than three. */
const MAX_DEPTH = 8;
const CONCURRENCY = 64;

/** All that a repository holds under its tags, to know what still needs a manifest. */
export class Inventory {
  readonly #target: ReadTarget;
  readonly #held: Map<TagOrDigest, Descriptor>;
  /** What an index is made of, its indexes' parts included. */
  readonly #parts = new Map<Digest, Promise<ReadonlySet<Digest>>>();

  private constructor(target: ReadTarget, held: Map<TagOrDigest, Descriptor>) {
    this.#target = target;
    this.#held = held;
  }

  /** Looks at every tag, and at the digests that stay without one. */
  static async of(target: ReadTarget, untagged: ReadonlySet<Digest>): Promise<Inventory> {
    const tags = (await Array.fromAsync(target.tags())).flat();
    const held = new Map<TagOrDigest, Descriptor>();
    await forEachOf([...tags, ...untagged], CONCURRENCY, async (reference) => {
      const descriptor = await target.resolve(reference);
      if (descriptor !== undefined) held.set(reference, descriptor);
    });
    return new Inventory(target, held);
  }

  get(reference: TagOrDigest): Descriptor | undefined {
    return this.#held.get(reference);
  }

  /**
   * Names of what would be lost or broken without a manifest, but for these tags of it.
   * @throws what the place throws where an index cannot be read
   */
  async neededBy(digest: Digest, tags: ReadonlySet<string>): Promise<readonly string[]> {
    const needing: string[] = [];
    for (const [reference, descriptor] of this.#held) {
      const isSame = descriptor.digest === digest;
      const needs = isSame ? !tags.has(reference) : (await this.#partsOf(descriptor, 0)).has(digest);
      if (needs) needing.push(imageName(this.#target.name, reference));
    }
    return needing;
  }

  /** A manifest is gone, with all of its tags. */
  forget(digest: Digest): void {
    for (const [reference, descriptor] of this.#held) if (descriptor.digest === digest) this.#held.delete(reference);
  }

  #partsOf(descriptor: Descriptor, depth: number): Promise<ReadonlySet<Digest>> {
    const { digest } = descriptor;
    const known = this.#parts.get(digest);
    if (known !== undefined) return known;
    const parts = isIndexType(descriptor.mediaType) ? this.#read(digest, depth) : Promise.resolve(new Set<Digest>());
    this.#parts.set(digest, parts);
    return parts;
  }

  async #read(digest: Digest, depth: number): Promise<ReadonlySet<Digest>> {
    if (depth > MAX_DEPTH) {
      throw failure("MANIFEST_INVALID", { digest, reason: `indexes are nested more than ${MAX_DEPTH} deep` });
    }
    const children = childrenOf(parseManifest(await this.#target.manifest(digest)));
    const deeper = await Promise.all(children.map((child) => this.#partsOf(child, depth + 1)));
    return new Set([...children.map((child) => child.digest), ...deeper.flatMap((parts) => [...parts])]);
  }
}
