import type { Descriptor } from "../../oci/descriptor.ts";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { childrenOf, parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { MemoryTarget } from "../../target/memory.ts";
import { failure } from "../../words/error.ts";
import type { OutletTarget } from "../outlets.ts";

/** One thing that was really written to a registry. */
export type Deed =
  | { readonly kind: "blob"; readonly digest: Digest }
  | { readonly kind: "manifest"; readonly digest: Digest; readonly tag?: string };

/** A registry's repository whose content can be looked at without waiting, and that can be down. */
export class Shelf {
  readonly name: string;
  readonly required: boolean;
  readonly blobs = new Set<Digest>();
  readonly tags = new Map<string, Digest>();
  isDown = false;
  /** Takes what is pushed, and serves nothing under any tag. */
  hides = false;
  readonly #manifests = new Map<Digest, readonly Digest[]>();
  readonly #memory: MemoryTarget;

  constructor(name: string, required: boolean) {
    this.name = name;
    this.required = required;
    this.#memory = new MemoryTarget(`${name}.test/acme/app`);
  }

  get repository(): string {
    return this.#memory.name;
  }

  holdsManifest(digest: Digest): boolean {
    return this.#manifests.has(digest);
  }

  /** What an image lacks here, with all that it points to. */
  lacking(digest: Digest): readonly Digest[] {
    if (this.blobs.has(digest)) return [];
    const parts = this.#manifests.get(digest);
    return parts === undefined ? [digest] : parts.flatMap((part) => this.lacking(part));
  }

  /** The repository as a run sees it. @param tell hears of each write when it has been done */
  open(tell: (deed: Deed) => void): OutletTarget {
    const memory = this.#memory;
    const ask = () => {
      if (this.isDown) throw downFailure(memory.name);
    };
    return {
      name: memory.name,
      store: memory.store,
      repository: memory.repository,
      resolve: async (reference) => {
        ask();
        return this.hides && !isDigest(reference) ? undefined : memory.resolve(reference);
      },
      manifest: async (reference) => {
        ask();
        return memory.manifest(reference);
      },
      exists: async (blob) => {
        ask();
        return memory.exists(blob);
      },
      blob: (blob) => async (sink, options) => {
        ask();
        await memory.blob(blob)(sink, options);
      },
      tags: () => this.#pages(ask),
      referrers: async (digest) => {
        ask();
        return memory.referrers(digest);
      },
      pushBlob: async (blob, body) => {
        ask();
        const pushed = await memory.pushBlob(blob, body);
        this.blobs.add(blob.digest);
        tell({ kind: "blob", digest: blob.digest });
        return pushed;
      },
      pushManifest: async (manifest, tag) => {
        ask();
        await memory.pushManifest(manifest, tag);
        const { digest } = manifest.descriptor;
        this.#manifests.set(digest, partsOf(manifest));
        if (tag !== undefined) this.tags.set(tag, digest);
        tell({ kind: "manifest", digest, ...(tag !== undefined && { tag }) });
      },
      probePush: async () => {
        ask();
        return { pushes: true, cancelled: true };
      },
    };
  }

  async *#pages(ask: () => void): AsyncGenerator<readonly string[]> {
    ask();
    yield* this.#memory.tags();
  }
}

function downFailure(name: string) {
  const facts = { host: name, reason: "connection refused", operation: "the simulation" };
  return failure("HOST_UNREACHABLE", facts, { retryable: true });
}

function partsOf(raw: RawManifest): readonly Digest[] {
  const manifest = parseManifest(raw);
  const parts: readonly Descriptor[] =
    manifest.kind === "image" ? [manifest.config, ...manifest.layers] : childrenOf(manifest);
  return parts.map(({ digest }) => digest);
}
