import assert from "node:assert/strict";
import { test } from "node:test";
import { type Digest, digestOf } from "../oci/digest.ts";
import { MemoryTarget } from "../target/memory.ts";
import { TagLists } from "./tag-lists.ts";

/** A place that lists digests in pages of these tags, and breaks off where one is an error. */
class Place extends MemoryTarget {
  read = 0;
  readonly #pages: Iterable<readonly string[] | Error>;

  constructor(pages: Iterable<readonly string[] | Error>) {
    super("place");
    this.#pages = pages;
  }

  async *digests(): AsyncGenerator<ReadonlyMap<string, Digest>> {
    for (const page of this.#pages) {
      if (page instanceof Error) throw page;
      this.read += 1;
      yield new Map(page.map((tag) => [tag, digestOf(tag)]));
    }
  }
}

function named(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}-${at}`);
}

function* forEver(page: readonly string[]): Generator<readonly string[]> {
  for (;;) yield page;
}

const WANTED = named("wanted", 1000);
const pagesOf = (count: number, of: number) =>
  Array.from({ length: count }, (_, at) => [...WANTED.slice(at * of, (at + 1) * of), ...named("other", 100 - of)]);

const CASES: readonly {
  readonly name: string;
  readonly wanted: number;
  readonly pages: Iterable<readonly string[] | Error>;
  readonly read: number;
  readonly found: number;
}[] = [
  { name: "few are asked for one by one", wanted: 19, pages: pagesOf(1, 100), read: 0, found: 0 },
  { name: "nothing is read after all is found", wanted: 20, pages: pagesOf(5, 100), read: 1, found: 20 },
  { name: "all pages that answer are read", wanted: 1000, pages: pagesOf(10, 100), read: 10, found: 1000 },
  { name: "a page with two is worth it", wanted: 200, pages: pagesOf(100, 2), read: 100, found: 200 },
  { name: "pages with one are not", wanted: 200, pages: pagesOf(200, 1), read: 9, found: 9 },
  { name: "a few wanted: one page in vain is enough", wanted: 20, pages: forEver(["other"]), read: 1, found: 0 },
  { name: "pages without end and answers end soon", wanted: 1000, pages: forEver(["other"]), read: 21, found: 0 },
  { name: "the same page for ever ends, too", wanted: 1000, pages: forEver(WANTED.slice(0, 10)), read: 26, found: 10 },
  {
    name: "what was read before an error counts",
    wanted: 150,
    pages: [...pagesOf(1, 100), new Error("cut")],
    read: 1,
    found: 100,
  },
  { name: "an error at once is none", wanted: 150, pages: [new Error("refused")], read: 0, found: 0 },
];

for (const { name, wanted, pages, read, found } of CASES) {
  test(`${name}: ${read} pages for ${wanted} tags`, async () => {
    const [source, place] = [new MemoryTarget("source"), new Place(pages)];
    const tags = WANTED.slice(0, wanted);
    const lists = new TagLists(
      tags.map((tag) => ({ source, reference: tag, referrers: false, destinations: [{ target: place, tag }] })),
    );
    const digests = await Promise.all(tags.map((tag) => lists.digest(place, tag)));
    assert.equal(place.read, read);
    assert.deepEqual(
      digests.filter((digest) => digest !== undefined),
      tags.slice(0, found).map((tag) => digestOf(tag)),
    );
    assert.equal(await lists.digest(source, tags[0] ?? assert.fail()), undefined, "memory lists no digests");
  });
}

test("what is wanted by digest is not looked for in a list", async () => {
  const place = new Place(pagesOf(1, 100));
  const lists = new TagLists(
    WANTED.slice(0, 50).map((tag) => {
      return { source: place, reference: digestOf(tag), referrers: false, destinations: [] };
    }),
  );
  assert.equal(await lists.digest(place, digestOf("wanted-1")), undefined);
  assert.equal(place.read, 0);
});
