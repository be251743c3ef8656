import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";
import type { Body, ReadTarget, Sink, TagOrDigest } from "../target/target.ts";
import { asFailure, type SlipwayError } from "../words/error.ts";

/**
 * A source and its alternates: places that hold the same repository, asked in order where the ones before cannot be
 * reached or have had enough. The source's own "it is not there" counts; an alternate's only sends on to the next.
 */
export class SourceWithAlternates implements ReadTarget {
  readonly name: string;
  readonly store: string;
  readonly repository: string;
  readonly #source: ReadTarget;
  readonly #alternates: readonly ReadTarget[];

  constructor(source: ReadTarget, alternates: readonly ReadTarget[]) {
    this.name = source.name;
    this.store = source.store;
    this.repository = source.repository;
    this.#source = source;
    this.#alternates = alternates;
  }

  resolve(reference: TagOrDigest): Promise<Descriptor | undefined> {
    return this.#ask((place) => place.resolve(reference));
  }

  manifest(reference: TagOrDigest): Promise<RawManifest> {
    return this.#ask((place) => place.manifest(reference));
  }

  exists(blob: Descriptor): Promise<boolean> {
    return this.#ask((place) => place.exists(blob));
  }

  referrers(digest: Digest, tags?: ReadonlySet<string>): Promise<readonly Descriptor[]> {
    return this.#ask((place) => place.referrers(digest, tags));
  }

  /** What one place has given, the next one goes on behind. */
  blob(blob: Descriptor): Body {
    return async (sink, options = {}) => {
      let offset = options.offset ?? 0;
      let isGiving = false;
      const give: Sink = (chunk) => {
        isGiving = true;
        const wait = sink(chunk);
        offset += chunk.byteLength;
        isGiving = wait !== undefined;
        return wait?.then(() => {
          isGiving = false;
        });
      };
      await this.#ask(async (place) => {
        try {
          await place.blob(blob)(give, { ...options, offset });
          return "given";
        } catch (error) {
          // a receiver that failed has failed for every place
          throw isGiving ? new ReceiverFailed(error) : error;
        }
      }).catch((error: unknown) => {
        throw error instanceof ReceiverFailed ? error.cause : error;
      });
    };
  }

  async *tags(): AsyncGenerator<readonly string[]> {
    // an alternate goes on only where nothing was said yet: two lists may differ
    const pages = await this.#ask(async (place) => {
      const iterator = place.tags()[Symbol.asyncIterator]();
      const first = await iterator.next();
      return first.done && place !== this.#source ? undefined : { first, iterator };
    });
    if (pages === undefined) return;
    for (let page = pages.first; !page.done; page = await pages.iterator.next()) yield page.value;
  }

  /** The source's own: what it says its tags are is not held against what an alternate has. */
  async *digests(): AsyncGenerator<ReadonlyMap<string, Digest>> {
    if (this.#source.digests !== undefined) yield* this.#source.digests();
  }

  /** The first answer; undefined counts as one of an alternate's only where no other has a better. */
  async #ask<T>(question: (place: ReadTarget) => Promise<T>): Promise<T> {
    const failures: SlipwayError[] = [];
    let lacking: { readonly answer: T } | undefined;
    for (const place of [this.#source, ...this.#alternates]) {
      try {
        const answer = await question(place);
        if (answer !== undefined || place === this.#source) return answer;
        lacking = { answer };
      } catch (thrown) {
        if (thrown instanceof ReceiverFailed) throw thrown;
        const failed = asFailure(thrown);
        if (failures.length === 0 && !isWorthAskingElsewhere(failed)) throw thrown;
        failures.push(failed);
      }
    }
    if (lacking !== undefined) return lacking.answer;
    throw failures[0];
  }
}

class ReceiverFailed extends Error {
  constructor(cause: unknown) {
    super("the receiver failed", { cause });
  }
}

const OUT_OF_REACH: readonly string[] = ["HOST_UNKNOWN", "TLS_FAILED", "PROXY_REFUSED", "PULLS_RESERVED"];

function isWorthAskingElsewhere(error: SlipwayError): boolean {
  return error.retryable || OUT_OF_REACH.includes(error.code);
}
