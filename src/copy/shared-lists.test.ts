import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryTarget } from "../target/memory.ts";
import { SharedLists } from "./shared-lists.ts";
import { TagLists } from "./tag-lists.ts";

/** A place that counts how often its tags are listed, and lists what the test says. */
class Place extends MemoryTarget {
  listed = 0;
  has: readonly string[] | Error = ["1.0"];

  override async *tags(): AsyncGenerator<readonly string[]> {
    this.listed += 1;
    if (this.has instanceof Error) throw this.has;
    yield this.has;
  }
}

const WANTED = ["1.0", "1.1", "1.2", "1.3"];

function listsOf(place: Place, shared?: SharedLists, tags = WANTED): TagLists {
  const source = new MemoryTarget("source");
  const requests = tags.map((tag) => {
    return { source, reference: tag, referrers: false, destinations: [{ target: place, tag }] };
  });
  return new TagLists(requests, shared);
}

test("a place is listed once for copies that share their lists, also at the same time", async () => {
  const [place, shared] = [new Place("place"), new SharedLists()];
  const lists = WANTED.map(() => listsOf(place, shared));
  const found = await Promise.all(lists.map((one) => one.of(place)));
  assert.deepEqual(found[0], new Set(["1.0"]));
  for (const one of found) assert.equal(one, found[0]);
  place.has = ["1.0", "1.1"];
  assert.equal(await listsOf(place, shared).of(place), found[0]);
  assert.equal(place.listed, 1);
  assert.deepEqual(await listsOf(place).of(place), new Set(["1.0", "1.1"]), "who shares nothing looks for itself");
});

test("few tags are asked for one by one, whoever else has a list", async () => {
  const [place, shared] = [new Place("place"), new SharedLists()];
  assert.equal(await listsOf(place, shared, WANTED.slice(1)).of(place), undefined);
  assert.equal(place.listed, 0);
});

const FORGOTTEN: Readonly<Record<string, readonly string[] | Error>> = {
  "no tags: what comes is not to be taken for absent": [],
  "a failure: it is the failure of one copy alone": new Error("refused"),
};
for (const [name, first] of Object.entries(FORGOTTEN)) {
  test(`the next copy lists again after ${name}`, async () => {
    const [place, shared] = [new Place("place"), new SharedLists()];
    place.has = first;
    const copy = listsOf(place, shared);
    const before = await copy.of(place);
    assert.deepEqual(before, first instanceof Error ? undefined : new Set());
    place.has = ["1.0"];
    assert.equal(await copy.of(place), before);
    assert.deepEqual(await listsOf(place, shared).of(place), new Set(["1.0"]));
    assert.equal(place.listed, 2);
  });
}
