import assert from "node:assert/strict";
import { test } from "node:test";
import type { Digest } from "../oci/digest.ts";
import { MemoryTarget } from "../target/memory.ts";
import { indexOf, randomImage, type TestImage } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import { NO_COUNTS, type Outcome } from "./outcome.ts";
import { permitted, prune } from "./prune.ts";

const [one, two, three, part] = await Promise.all(["one", "two", "three", "part"].map((seed) => randomImage({ seed })));
assert.ok(one && two && three && part);
const index = indexOf([part]);
const nested = indexOf([index, two]);

/** Deletes whole manifests only, or nothing: what a registry's settings make of it. */
class Stubborn extends MemoryTarget {
  readonly deletes: "tags" | "digests" | "nothing";

  constructor(deletes: Stubborn["deletes"]) {
    super("d.io/app");
    this.deletes = deletes;
  }

  override async remove(reference: string): Promise<void> {
    const isFine = this.deletes === "tags" || (this.deletes === "digests" && reference.includes(":"));
    if (!isFine) throw failure("DELETE_REFUSED", { host: "d.io", operation: `DELETE ${reference}`, detail: "no" });
    await super.remove(reference);
  }
}

type Images = Readonly<Record<string, TestImage>>;

async function place(deletes: Stubborn["deletes"], images: Images): Promise<Stubborn> {
  const target = new Stubborn(deletes);
  for (const [tag, { manifests, root }] of Object.entries(images)) {
    for (const manifest of manifests) {
      await target.pushManifest(manifest, manifest.descriptor.digest === root.digest ? tag : undefined);
    }
  }
  return target;
}

const removal = (tag: string, digest: Digest) => ({ source: "s.io/app", destination: "d.io/app", tag, digest });

/** What is left, and what was said of each removal. */
async function pruned(target: Stubborn, going: Images, outcomes: readonly Outcome[] = []) {
  const removals = Object.entries(going).map(([tag, { root }]) => removal(tag, root.digest));
  const told: Outcome[] = [];
  const tell = (event: { readonly kind: string; readonly outcome?: Outcome }) => {
    if (event.kind === "ended" && event.outcome !== undefined) told.push(event.outcome);
  };
  const ended = await prune(removals, () => target, { outcomes, tell });
  assert.deepEqual(told, ended);
  const left = (await Array.fromAsync(target.tags())).flat().sort();
  const said = ended.map((outcome) => {
    const why = outcome.status === "failed" ? outcome.error.code : "reason" in outcome ? outcome.reason : "";
    return `${outcome.destination} ${outcome.status} ${why}`.trim();
  });
  return { left, said: said.sort(), ended };
}

const copied = (destination: string, digest?: Digest): Outcome => {
  return { source: "s.io/x", destination, ...NO_COUNTS, status: "copied", digest: digest ?? one.root.digest };
};
const failed = (destination: string): Outcome => {
  const error = failure("MANIFEST_UNKNOWN", { target: "s.io/x", reference: "1" });
  return { source: "s.io/x", destination, ...NO_COUNTS, status: "failed", error };
};

test("a tag goes alone where the place can, also one that shares its image", async () => {
  const target = await place("tags", { old: one, same: one, new: two });
  const { left, said, ended } = await pruned(target, { old: one });
  assert.deepEqual([left, said], [["new", "same"], ["d.io/app:old removed"]]);
  assert.deepEqual([ended[0]?.source, ended[0]?.digest], ["s.io/app:old", one.root.digest]);
  assert.deepEqual((await pruned(target, { old: one })).said, ["d.io/app:old skipped moved"]);
});

test("a tag that is not what the plan showed stays", async () => {
  for (const deletes of ["tags", "digests"] as const) {
    const { left, said } = await pruned(await place(deletes, { old: two }), { old: one });
    assert.deepEqual([left, said], [["old"], ["d.io/app:old skipped moved"]]);
  }
});

/** By digest: what is there, what is to go, what is left, what is said. */
const BY_DIGEST: readonly (readonly [
  name: string,
  there: Images,
  going: Images,
  left: readonly string[],
  said: readonly string[],
])[] = [
  ["an image of its own", { old: one, new: two }, { old: one }, ["new"], ["d.io/app:old removed"]],
  ["an image with all of its tags", { a: one, b: one }, { a: one, b: one }, [], ["a removed", "b removed"]],
  ["an image that another tag has", { a: one, latest: one }, { a: one }, ["a", "latest"], ["a failed DELETE_UNSAFE"]],
  ["part of an index that stays", { a: part, i: index }, { a: part }, ["a", "i"], ["a failed DELETE_UNSAFE"]],
  ["part of an index within one", { a: part, i: nested }, { a: part }, ["a", "i"], ["a failed DELETE_UNSAFE"]],
  ["part of an index that goes", { a: part, i: index }, { a: part, i: index }, [], ["a removed", "i removed"]],
];

for (const [name, there, going, left, said] of BY_DIGEST) {
  test(`where no tag can be deleted: ${name}`, async () => {
    const result = await pruned(await place("digests", there), going);
    assert.deepEqual(result.left, left);
    assert.deepEqual(
      result.said,
      said.map((line) => (line.startsWith("d.io") ? line : `d.io/app:${line}`)),
    );
  });
}

test("what needs an image is named", async () => {
  const target = await place("digests", { old: one, latest: one });
  const [outcome] = (await pruned(target, { old: one })).ended;
  assert.ok(outcome?.status === "failed");
  assert.deepEqual([outcome.error.side, outcome.error.facts.others], ["destination", "d.io/app:latest"]);
});

test("an image that a rule wants by its digest stays where tags cannot be deleted", async () => {
  const target = await place("digests", { old: part, new: two });
  for (const manifest of index.manifests) await target.pushManifest(manifest);
  const wanted = copied(`d.io/app@${index.root.digest}`, index.root.digest);
  const { left, said } = await pruned(target, { old: part }, [wanted]);
  assert.deepEqual([left, said], [["new", "old"], ["d.io/app:old failed DELETE_UNSAFE"]]);
  assert.deepEqual((await pruned(target, { old: part })).left, ["new"]);
});

test("a place that deletes nothing says so for each", async () => {
  const { left, said } = await pruned(await place("nothing", { a: one, b: two }), { a: one, b: two });
  assert.deepEqual(left, ["a", "b"]);
  assert.deepEqual(said, ["d.io/app:a failed DELETE_REFUSED", "d.io/app:b failed DELETE_REFUSED"]);
});

test("nothing goes from a repository that an image failed for", async () => {
  for (const destination of ["d.io/app", "d.io/app:1.0", `d.io/app@${two.root.digest}`]) {
    const target = await place("tags", { old: one });
    const { left, said } = await pruned(target, { old: one }, [copied("d.io/app:2"), failed(destination)]);
    assert.deepEqual([left, said], [["old"], ["d.io/app:old skipped withheld"]]);
  }
  const elsewhere = [failed("d.io/app2:1"), failed("d.io/app/more:1"), failed("d.io/ap")];
  assert.deepEqual((await pruned(await place("tags", { old: one }), { old: one }, elsewhere)).left, []);
});

test("a plan shows only what may go as far as is known", () => {
  const removals = [removal("old", one.root.digest)];
  assert.deepEqual(permitted(removals, [failed("d.io/app:1")]), []);
  assert.deepEqual(permitted(removals, [failed("d.io/other:1"), copied("d.io/app:1")]), removals);
});

test("an interrupted run takes nothing away", async () => {
  const target = await place("tags", { old: three });
  const signal = AbortSignal.abort();
  await assert.rejects(prune([removal("old", three.root.digest)], () => target, { outcomes: [], signal }));
  assert.equal((await target.resolve("old"))?.digest, three.root.digest);
});
