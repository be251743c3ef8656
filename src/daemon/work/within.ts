import type { Descriptor } from "../../oci/descriptor.ts";
import type { Digest } from "../../oci/digest.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import type { Body, PushBlobOptions, Pushed, ReadTarget, TagOrDigest, WriteTarget } from "../../target/target.ts";
import type { Hold } from "./hold.ts";

/** A source that is asked nothing more once the job is stopped. */
export class SourceWithin<T extends ReadTarget = ReadTarget> implements ReadTarget {
  readonly name: string;
  readonly store: string;
  readonly repository: string;
  protected readonly target: T;
  protected readonly hold: Hold;

  constructor(target: T, hold: Hold) {
    this.name = target.name;
    this.store = target.store;
    this.repository = target.repository;
    this.target = target;
    this.hold = hold;
  }

  resolve(reference: TagOrDigest): Promise<Descriptor | undefined> {
    return this.unlessStopped(() => this.target.resolve(reference));
  }

  manifest(reference: TagOrDigest): Promise<RawManifest> {
    return this.unlessStopped(() => this.target.manifest(reference));
  }

  exists(blob: Descriptor): Promise<boolean> {
    return this.unlessStopped(() => this.target.exists(blob));
  }

  /** As it is: other jobs may read the same. It ends when nobody takes it any more. */
  blob(blob: Descriptor): Body {
    return this.target.blob(blob);
  }

  tags(): AsyncIterable<readonly string[]> {
    return this.#pages(this.target.tags());
  }

  async *digests(): AsyncGenerator<ReadonlyMap<string, Digest>> {
    const pages = this.target.digests?.();
    if (pages !== undefined) yield* this.#pages(pages);
  }

  referrers(digest: Digest, tags?: ReadonlySet<string>): Promise<readonly Descriptor[]> {
    return this.unlessStopped(() => this.target.referrers(digest, tags));
  }

  async *#pages<P>(pages: AsyncIterable<P>): AsyncGenerator<P> {
    const iterator = pages[Symbol.asyncIterator]();
    for (;;) {
      const page = await this.unlessStopped(() => iterator.next());
      if (page.done) return;
      yield page.value;
    }
  }

  /** Rejects when the job is stopped, whatever the work is still waiting for. */
  protected async unlessStopped<R>(work: () => Promise<R>): Promise<R> {
    const { signal } = this.hold;
    signal.throwIfAborted();
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await Promise.race([work(), stopped.promise]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }
}

/** A destination that takes nothing once the job is stopped, and no manifest while it is not sure that the job is ours. */
export class DestinationWithin extends SourceWithin<WriteTarget> implements WriteTarget {
  pushBlob(blob: Descriptor, body: Body, options: PushBlobOptions = {}): Promise<Pushed> {
    return this.unlessStopped(() => this.target.pushBlob(blob, body, { ...options, signal: this.hold.signal }));
  }

  async pushManifest(manifest: RawManifest, tag?: string): Promise<void> {
    await this.hold.writable();
    await this.unlessStopped(() => this.target.pushManifest(manifest, tag));
  }
}
