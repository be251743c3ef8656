import type { Digest } from "../../oci/digest.ts";
import type { Host } from "../host.ts";
import type { Sender } from "../sender.ts";
import { askPage, invalidPage } from "./ask.ts";
import type { Listing, Page } from "./listing.ts";
import { listingOf } from "./recognise.ts";

const MAX_PAGES = 10_000;

/**
 * A host's lists of what tags stand for. They only save questions, so nothing is tried twice: a repository that is not
 * listed for us is not asked for again, and after any other failure nothing is.
 */
export class Listings {
  readonly #host: Host;
  readonly #refused = new Set<string>();
  #hasFailed = false;
  /** Where the API is not at the registry: it has limits and pauses of its own. */
  #elsewhere: Sender | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Requests that did not go to the registry itself. */
  get requests(): number {
    return this.#elsewhere?.requests ?? 0;
  }

  /**
   * What the tags of a repository stand for, page by page; no page where that cannot be had.
   * @throws what went wrong on the way: the pages before it are good
   */
  async *digests(repository: string): AsyncGenerator<ReadonlyMap<string, Digest>> {
    const listing = listingOf(this.#host);
    const first = listing?.first(repository);
    if (listing === undefined || first === undefined || this.#hasFailed || this.#refused.has(repository)) return;
    let next: URL | undefined = new URL(first, listing.at ?? this.#host.setup.base);
    for (let pages = 0; next !== undefined && pages < MAX_PAGES; pages += 1) {
      const page: Page | undefined = await this.#page(listing, repository, next);
      if (page === undefined) return;
      if (page.digests.size > 0) yield page.digests;
      next = page.next === undefined ? undefined : this.#following(next, page.next);
    }
  }

  async #page(listing: Listing, repository: string, url: URL): Promise<Page | undefined> {
    try {
      const page = await askPage(this.#host, this.#sender(listing), { listing, repository, url });
      if (page === undefined) this.#refused.add(repository);
      return page;
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  #sender({ at }: Listing): Sender {
    if (at === undefined) return this.#host.sender;
    this.#elsewhere ??= this.#host.sender.beside(at.host);
    return this.#elsewhere;
  }

  /** The page after one, at the same origin. */
  #following(url: URL, next: string): URL {
    const following = URL.canParse(next, url.href) ? new URL(next, url) : undefined;
    if (following?.origin === url.origin && following.href !== url.href) return following;
    this.#hasFailed = true;
    throw invalidPage(url, `its next page is ${next.slice(0, 200)}`);
  }
}
