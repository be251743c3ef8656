import type { ReadTarget } from "../target/target.ts";
import type { CopyRequest } from "./plan.ts";

/** From so many images on, one list of tags is cheaper than a question for each that may be absent. */
const WORTH_LISTING = 4;

/** The tags of the repositories of a run, listed once each where that saves questions. */
export class TagLists {
  readonly #wanted = new Map<string, number>();
  readonly #lists = new Map<string, Promise<ReadonlySet<string> | undefined>>();

  constructor(requests: readonly CopyRequest[]) {
    for (const { source, sourceTags, destinations } of requests) {
      if (sourceTags !== undefined) this.#lists.set(source.name, Promise.resolve(sourceTags));
      for (const name of [source.name, ...destinations.map(({ target }) => target.name)]) {
        this.#wanted.set(name, (this.#wanted.get(name) ?? 0) + 1);
      }
    }
  }

  /** All tags, or undefined where so few are wanted that asking for each is cheaper. */
  async of(target: ReadTarget): Promise<ReadonlySet<string> | undefined> {
    const known = this.#lists.get(target.name);
    if (known !== undefined) return known;
    if ((this.#wanted.get(target.name) ?? 0) < WORTH_LISTING) return undefined;
    // a registry that lists no tags may still answer for each
    const list = listAll(target).catch(() => undefined);
    this.#lists.set(target.name, list);
    return list;
  }
}

async function listAll(target: ReadTarget): Promise<ReadonlySet<string>> {
  const tags = new Set<string>();
  for await (const page of target.tags()) for (const tag of page) tags.add(tag);
  return tags;
}
