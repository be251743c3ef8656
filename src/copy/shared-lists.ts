import type { ReadTarget } from "../target/target.ts";

/**
 * The tags of places, listed once for several copies that follow each other. They grow old meanwhile: who begins again
 * after a failure looks for itself.
 */
export class SharedLists {
  readonly #lists = new Map<string, Promise<ReadonlySet<string>>>();

  /** All tags of a place. One that has none yet is asked again by the next copy. @throws what the place throws */
  of(target: ReadTarget): Promise<ReadonlySet<string>> {
    const known = this.#lists.get(target.name);
    if (known !== undefined) return known;
    const list = listAll(target);
    const forget = () => void this.#lists.delete(target.name);
    this.#lists.set(target.name, list);
    list.then(({ size }) => size === 0 && forget(), forget);
    return list;
  }
}

async function listAll(target: ReadTarget): Promise<ReadonlySet<string>> {
  const tags = new Set<string>();
  for await (const page of target.tags()) for (const tag of page) tags.add(tag);
  return tags;
}
