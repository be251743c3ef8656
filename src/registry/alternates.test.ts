import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../oci/digest.ts";
import { collect } from "../target/bytes.ts";
import type { ReadTarget } from "../target/target.ts";
import { verified } from "../target/verified.ts";
import { randomImage, startRegistry, type TestImage, type TestRegistry } from "../testing/index.ts";
import { staticCredentials } from "./credentials/static.ts";
import { createRegistry } from "./registry.ts";

interface Setting {
  readonly source: ReadTarget;
  readonly primary: TestRegistry;
  readonly mirror: TestRegistry;
  readonly image: TestImage;
}

async function at(work: (setting: Setting) => Promise<void>): Promise<void> {
  await using primary = await startRegistry();
  await using empty = await startRegistry();
  await using mirror = await startRegistry();
  const image = await randomImage({ seed: "alternate", layers: [{ seed: "alternate", bytes: 2_000_000 }] });
  await primary.put("team/app", image, "v1");
  await mirror.put("hub/team/app", image, "v1");
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    retry: { attempts: 2, baseMilliseconds: 5 },
    hosts: { [primary.host]: { tls: false, alternates: [empty.host, `${mirror.host}/hub`] } },
  });
  try {
    await work({ source: client.source({ registry: primary.host, repository: "team/app" }), primary, mirror, image });
  } finally {
    await client.close();
  }
}

test("while the source answers, no alternate is asked, not even for what is not there", () =>
  at(async ({ source, mirror, image }) => {
    assert.equal((await source.resolve("v1"))?.digest, image.root.digest);
    assert.equal(await source.resolve("v2"), undefined);
    assert.deepEqual(await Array.fromAsync(source.tags()), [["v1"]]);
    assert.equal(mirror.requests.length, 0);
  }));

test("F11: a source that cannot be reached is read from its alternates, those that lack it passed over", () =>
  at(async ({ source, primary, image }) => {
    primary.faults.add({ effect: { kind: "cut", of: "response", afterBytes: 0 } });
    assert.equal((await source.resolve("v1"))?.digest, image.root.digest);
    assert.deepEqual(await Array.fromAsync(source.tags()), [["v1"]]);
    assert.equal((await source.manifest("v1")).descriptor.digest, image.root.digest);
    assert.deepEqual(await source.referrers(image.root.digest), []);
    for (const { descriptor } of image.blobs) {
      assert.equal(
        digestOf(await collect(verified("x", descriptor, source.blob(descriptor)), descriptor.size)),
        descriptor.digest,
      );
    }
  }));

test("a blob that the source stops giving goes on at an alternate, where it was", () =>
  at(async ({ source, primary, mirror, image }) => {
    const layer = image.blobs.find(({ descriptor }) => descriptor.size > 1_000_000)?.descriptor;
    assert.ok(layer);
    primary.faults.add({
      method: "GET",
      kind: "blob",
      when: { first: 1 },
      effect: { kind: "cut", of: "response", afterBytes: 700_000 },
    });
    primary.faults.add({ method: "GET", kind: "blob", when: { nth: [2, 3] }, effect: { kind: "status", status: 503 } });
    const bytes = await collect(verified("x", layer, source.blob(layer)), layer.size);
    assert.equal(digestOf(bytes), layer.digest);
    assert.ok(mirror.requests.bytesOut("GET", "blob") < layer.size - 500_000);
  }));

test("what no place gives fails as the source failed", () =>
  at(async ({ source, primary, mirror }) => {
    primary.faults.add({ effect: { kind: "status", status: 503 } });
    mirror.faults.add({ effect: { kind: "status", status: 500 } });
    await assert.rejects(source.manifest("v1"), /answered 503/);
  }));

test("a refusal is the source's last word", () =>
  at(async ({ source, primary, mirror }) => {
    primary.faults.add({ effect: { kind: "status", status: 403 } });
    await assert.rejects(source.resolve("v1"), { code: "DENIED" });
    assert.equal(mirror.requests.length, 0);
  }));

test("a receiver that fails is not offered the same by the next place", () =>
  at(async ({ source, mirror, image }) => {
    const layer = image.blobs[0]?.descriptor;
    assert.ok(layer);
    await assert.rejects(
      source.blob(layer)(() => {
        throw new Error("no room");
      }),
      /no room/,
    );
    assert.equal(mirror.requests.length, 0);
  }));
