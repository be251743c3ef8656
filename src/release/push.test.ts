import assert from "node:assert/strict";
import { test } from "node:test";
import { parseReference } from "../oci/reference.ts";
import { createRegistry, staticCredentials } from "../registry/index.ts";
import { MemoryTarget } from "../target/memory.ts";
import { attestationOf, indexOf, randomImage, startRegistry } from "../testing/index.ts";
import { failure } from "../words/error.ts";
import { compareServed } from "./compare.ts";
import type { Outlet } from "./outlets.ts";
import { type Pushed, pushImage, type ReadyImage } from "./push.ts";
import { imageOf, listedEffects, memoryOutlet, NO_EFFECTS, putImage } from "./simulation/samples.ts";

const TAG = "1.2.3";

async function readyImage(seed = "a"): Promise<ReadyImage> {
  const source = new MemoryTarget("source");
  const image = imageOf({ seed });
  await putImage(source, image, TAG);
  return { source, reference: TAG, digest: image.root.descriptor.digest };
}

function push(image: ReadyImage, outlets: readonly Outlet[], effects = listedEffects()): Promise<Pushed> {
  return pushImage(image, outlets, [TAG, "extra"], { effects, existing: "kept", patience: 20 });
}

function endsOf({ served, missed }: Pushed) {
  return {
    served: served.map(({ outlet, digest }) => [outlet.name, digest]),
    missed: missed.map(({ outlet, error }) => [outlet.name, error.code]),
  };
}

test("the image at every outlet, under every tag, and a second time nothing", async () => {
  const image = await readyImage();
  const outlets = [memoryOutlet("one"), memoryOutlet("two")];
  const effects = listedEffects();
  const pushed = await push(image, outlets, effects);
  assert.deepEqual(endsOf(pushed), {
    served: [
      ["one", image.digest],
      ["two", image.digest],
    ],
    missed: [],
  });
  assert.deepEqual(
    pushed.outcomes.map(({ destination, status }) => [destination, status]),
    ["one.test/acme/app:1.2.3", "one.test/acme/app:extra", "two.test/acme/app:1.2.3", "two.test/acme/app:extra"].map(
      (destination) => [destination, "copied"],
    ),
  );
  for (const { target } of outlets) {
    const own = effects.list.filter((effect) => effect.includes(target.name)).map((effect) => effect.split(" ")[0]);
    assert.deepEqual(own, ["put-blob", "put-blob", "put-manifest", "put-manifest"]);
  }
  const again = await pushImage(image, outlets, [TAG, "extra"], { effects: NO_EFFECTS, existing: "kept" });
  assert.deepEqual(endsOf(again), endsOf(pushed));
});

for (const required of [true, false]) {
  test(`a tag that stands for another image is left, at ${required ? "a required" : "an optional"} outlet`, async () => {
    const image = await readyImage();
    const [free, taken] = [memoryOutlet("free"), memoryOutlet("taken", { required })];
    const other = imageOf({ seed: "other" });
    await putImage(taken.target, other, TAG);
    const pushed = await push(image, [taken, free]);
    assert.deepEqual(endsOf(pushed), { served: [["free", image.digest]], missed: [["taken", "TAG_TAKEN"]] });
    assert.deepEqual((await taken.target.resolve(TAG))?.digest, other.root.descriptor.digest);
    const [{ error } = {}] = pushed.missed;
    assert.deepEqual(error?.facts, {
      image: "taken.test/acme/app:1.2.3",
      there: other.root.descriptor.digest,
      ours: image.digest,
    });
    assert.equal(error?.side, "destination");
  });
}

test("a tag that moves is overwritten", async () => {
  const image = await readyImage();
  const outlet = memoryOutlet("one");
  await putImage(outlet.target, imageOf({ seed: "other" }), "main");
  const options = { effects: listedEffects(), existing: "overwritten" as const };
  const pushed = await pushImage(image, [outlet], ["main"], options);
  assert.deepEqual(endsOf(pushed).missed, []);
  assert.equal((await outlet.target.resolve("main"))?.digest, image.digest);
});

test("one outlet that fails, at any of its questions, stops no other", async () => {
  const error = failure("DENIED", { host: "bad", operation: "push", origin: "the test", detail: "no" });
  const fails = () => Promise.reject(error);
  for (const question of ["resolve", "exists", "pushBlob", "pushManifest"] as const) {
    const image = await readyImage();
    const [good, bad] = [memoryOutlet("good"), memoryOutlet("bad", { required: false })];
    // A tag is there, or nothing would be asked of an empty repository.
    await putImage(bad.target, imageOf({ seed: "older" }), "1.0.0");
    bad.target[question] = fails;
    assert.deepEqual(
      endsOf(await push(image, [bad, good])),
      { served: [["good", image.digest]], missed: [["bad", "DENIED"]] },
      question,
    );
  }
});

test("an outlet that refuses attestations is given the rest where that is wanted, and is in step after it", async () => {
  await using registry = await startRegistry({ refuses: ["attestations", "artifacts"] });
  const client = createRegistry({ credentials: staticCredentials("the test", []) });
  const built = await randomImage({ seed: "push" });
  const image = indexOf([built, attestationOf(built.root, { seed: "push" })]);
  const source = new MemoryTarget("source");
  for (const { descriptor, body } of image.blobs) await source.pushBlob(descriptor, body);
  for (const manifest of image.manifests)
    await source.pushManifest(manifest, manifest === image.manifests.at(-1) ? TAG : undefined);
  const ready: ReadyImage = { source, reference: TAG, digest: image.root.digest };
  const outletAt = (name: string, adapt: boolean): Outlet => {
    const target = client.repository(parseReference(`${registry.host}/${name}`));
    return { name, required: true, adapt, target };
  };
  const outlets = [outletAt("strict", false), outletAt("adapted", true), memoryOutlet("whole")];
  const pushed = await push(ready, outlets);
  assert.deepEqual(
    pushed.missed.map(({ outlet }) => outlet.name),
    ["strict"],
  );
  const [adapted, whole] = pushed.served;
  assert.equal(whole?.digest, image.root.digest);
  assert.equal(whole?.adapted, undefined);
  assert.notEqual(adapted?.digest, image.root.digest);
  assert.deepEqual(adapted?.adapted?.changes, ["attestations"]);
  assert.equal(registry.tags("adapted")[TAG], adapted?.digest);
  const again = await pushImage(ready, outlets.slice(1), [TAG, "extra"], { effects: NO_EFFECTS, existing: "kept" });
  assert.deepEqual(
    again.served.map(({ digest }) => digest),
    [adapted?.digest, whole?.digest],
  );
  assert.deepEqual(again.missed, []);
  await client.close();
});

test("what is served is read back: the same, another image, nothing, no answer", async () => {
  const { digest } = await readyImage();
  const names = ["same", "other", "empty", "down"] as const;
  const outlets = names.map((name) => memoryOutlet(name));
  const [same, other, , down] = outlets;
  assert.ok(same !== undefined && other !== undefined && down !== undefined);
  await putImage(same.target, imageOf({ seed: "a" }), TAG);
  const second = imageOf({ seed: "other" });
  await putImage(other.target, second, TAG);
  const error = failure("TIMED_OUT", { host: "down", operation: "HEAD", seconds: 30 }, { retryable: true });
  down.target.resolve = () => Promise.reject(error);
  const compared = await compareServed(
    outlets.map((outlet) => ({ outlet, digest })),
    [TAG],
    10,
  );
  assert.deepEqual(
    compared.map((one) => [
      one.served.outlet.name,
      one.state === "same" ? "same" : [one.error.code, one.error.facts.found, one.error.retryable],
    ]),
    [
      ["same", "same"],
      ["other", ["DIGEST_NOT_SERVED", second.root.descriptor.digest, false]],
      ["empty", ["DIGEST_NOT_SERVED", "nothing", true]],
      ["down", ["TIMED_OUT", undefined, true]],
    ],
  );
});

test("F20: a registry that sees only later what it took is asked again", async () => {
  const outlet = memoryOutlet("slow");
  const image = imageOf({ seed: "a" });
  await putImage(outlet.target, image, TAG);
  const resolve = outlet.target.resolve.bind(outlet.target);
  let asked = 0;
  outlet.target.resolve = async (reference) => {
    asked += 1;
    return asked < 4 ? undefined : resolve(reference);
  };
  const [compared] = await compareServed([{ outlet, digest: image.root.descriptor.digest }], [TAG], 10);
  assert.deepEqual([compared?.state, asked], ["same", 4]);
});
