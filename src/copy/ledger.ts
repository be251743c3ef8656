import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { Refusals } from "./adapt/refusals.ts";

/** How a blob came to be where it is. */
export type How = "written" | "mounted" | "present";

interface Holding {
  readonly repository: string;
  readonly arrival: Promise<How>;
}

interface Place {
  readonly store: string;
  readonly repository: string;
}

/**
 * What one run knows to be where: a blob goes to a store once and is mounted into its other repositories. Whoever wants
 * something that is on its way already waits for it.
 */
export class Ledger {
  /** What its destinations do not take. */
  readonly refusals = new Refusals();
  readonly #holdings = new Map<string, Holding[]>();
  readonly #children = new Map<string, Promise<void>>();

  /**
   * Sees to it that a repository holds a blob. `send` is called if nobody has sent it there yet, with another repository
   * of the store that holds it, where one is known.
   */
  async ensure(
    { store, repository }: Place,
    blob: Descriptor,
    send: (from: string | undefined) => Promise<How>,
  ): Promise<How> {
    const holdings = this.#holdingsOf(store, blob.digest);
    const here = holdings.find((holding) => holding.repository === repository);
    if (here !== undefined) return here.arrival.then(() => "present");
    const elsewhere = [...holdings];
    const arrival = firstToArrive(elsewhere).then(send);
    const holding = { repository, arrival };
    holdings.push(holding);
    arrival.catch(() => this.#forget(holdings, holding));
    return arrival;
  }

  /**
   * Sees to it that a repository holds a manifest that indexes point to, by calling `bring` if nobody has yet. Docker's
   * registry writes such a manifest in place: an index that is checked while another brings the same child once more
   * finds the child half written, and is refused.
   */
  ensureChild(place: Place, digest: Digest, bring: () => Promise<void>): Promise<void> {
    const key = childKey(place, digest);
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const arrival = bring();
    this.#children.set(key, arrival);
    arrival.catch(() => this.#children.delete(key));
    return arrival;
  }

  /** What was taken to be there is not: it is to be sent again. */
  distrust(place: Place, digest: Digest): void {
    this.#children.delete(childKey(place, digest));
    const { store, repository } = place;
    const holdings = this.#holdingsOf(store, digest);
    for (const holding of holdings.filter((one) => one.repository === repository)) this.#forget(holdings, holding);
  }

  #holdingsOf(store: string, digest: Digest): Holding[] {
    const key = `${store} ${digest}`;
    const holdings = this.#holdings.get(key) ?? [];
    this.#holdings.set(key, holdings);
    return holdings;
  }

  #forget(holdings: Holding[], holding: Holding): void {
    const at = holdings.indexOf(holding);
    if (at >= 0) holdings.splice(at, 1);
  }
}

function childKey({ store, repository }: Place, digest: Digest): string {
  return `${store}/${repository}@${digest}`;
}

/** The first repository that is known to hold it; the next one where that failed. */
async function firstToArrive(holdings: readonly Holding[]): Promise<string | undefined> {
  for (const { repository, arrival } of holdings) {
    const arrived = await arrival.then(
      () => true,
      () => false,
    );
    if (arrived) return repository;
  }
  return undefined;
}
