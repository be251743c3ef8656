import { type Digest, isDigest } from "../oci/digest.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";
import type { CopyRequest } from "./plan.ts";
import { SharedLists } from "./shared-lists.ts";

/** From so many images on, one list of tags is cheaper than a question for each that may be absent. */
const WORTH_LISTING = 4;

/**
 * From so many tags on, what they stand for is looked up in lists. Fewer are asked at once; and lists are a little old:
 * who copies a few tags that were pushed a moment ago gets them as they are.
 */
const WORTH_LISTING_DIGESTS = 20;
/** A page of digests must answer for so many of the tags that are wanted, in the mean, or asking for each is cheaper. */
const TAGS_A_PAGE = 2;
/** The part of what asking for each would cost that may be lost on pages that answer for none. */
const RISK = 1 / 50;

/** The tags of the repositories of a run, and what they stand for, listed once each where that saves questions. */
export class TagLists {
  readonly #wanted = new Map<string, Set<TagOrDigest>>();
  readonly #lists = new Map<string, Promise<ReadonlySet<string> | undefined>>();
  readonly #digests = new Map<string, Promise<ReadonlyMap<string, Digest>>>();
  readonly #shared: SharedLists;

  /** @param shared lists that others have read, or will want */
  constructor(requests: readonly CopyRequest[], shared = new SharedLists()) {
    this.#shared = shared;
    for (const { source, reference, sourceTags, destinations } of requests) {
      if (sourceTags !== undefined) this.#lists.set(source.name, Promise.resolve(sourceTags));
      this.#want(source, reference);
      for (const { target, tag } of destinations) this.#want(target, tag ?? reference);
    }
  }

  /** All tags, or undefined where so few are wanted that asking for each is cheaper. */
  async of(target: ReadTarget): Promise<ReadonlySet<string> | undefined> {
    const known = this.#lists.get(target.name);
    if (known !== undefined) return known;
    if (this.#wantedOf(target).size < WORTH_LISTING) return undefined;
    // a registry that lists no tags may still answer for each
    const list = this.#shared.of(target).catch(() => undefined);
    this.#lists.set(target.name, list);
    return list;
  }

  /**
   * What a list says that a tag stands for: true a moment ago at best. Undefined where the place has no such list, so few
   * are wanted that asking for each is cheaper, or the list does not say it of this tag, which may be there all the same.
   */
  async digest(target: ReadTarget, tag: TagOrDigest): Promise<Digest | undefined> {
    const known = this.#digests.get(target.name);
    if (known !== undefined) return (await known).get(tag);
    const wanted = new Set([...this.#wantedOf(target)].filter((reference) => !isDigest(reference)));
    const pages = wanted.size < WORTH_LISTING_DIGESTS ? undefined : target.digests?.();
    const list = pages === undefined ? Promise.resolve(new Map<string, Digest>()) : listDigests(pages, wanted);
    this.#digests.set(target.name, list);
    return (await list).get(tag);
  }

  #want({ name }: ReadTarget, reference: TagOrDigest): void {
    const wanted = this.#wanted.get(name);
    if (wanted === undefined) this.#wanted.set(name, new Set([reference]));
    else wanted.add(reference);
  }

  #wantedOf({ name }: ReadTarget): ReadonlySet<TagOrDigest> {
    return this.#wanted.get(name) ?? new Set();
  }
}

/** Of the tags that are wanted, what the pages say. Reads on for as long as that is cheaper than asking for each. */
async function listDigests(
  pages: AsyncIterable<ReadonlyMap<string, Digest>>,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Digest>> {
  const found = new Map<string, Digest>();
  let read = 0;
  try {
    for await (const page of pages) {
      for (const [tag, digest] of page) if (wanted.has(tag)) found.set(tag, digest);
      read += 1;
      if (found.size === wanted.size || read > found.size / TAGS_A_PAGE + wanted.size * RISK) break;
    }
  } catch {
    // what a list does not say is asked for
  }
  return found;
}
