import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type CopyOptions, copyImages } from "../src/copy/copy-images.ts";
import type { Outcome } from "../src/copy/outcome.ts";
import type { CopyRequest } from "../src/copy/plan.ts";
import { createRegistry, type Registry, staticCredentials } from "../src/registry/index.ts";
import { type Cache, openCache } from "../src/target/index.ts";
import {
  blobBytes,
  cosignSignature,
  cosignTag,
  indexOf,
  type RegistryOptions,
  randomImage,
  randomIndex,
  referrerTo,
  startRegistry,
  type TestImage,
  type TestRegistry,
} from "../src/testing/index.ts";
import { PLATFORMS } from "./support/images.ts";

/** A source and destinations, and what it takes to copy between them. */
class Bench implements AsyncDisposable {
  readonly source: TestRegistry;
  readonly destinations: readonly TestRegistry[];
  readonly client: Registry;
  readonly cache: Cache;
  readonly #folder: string;

  private constructor(source: TestRegistry, destinations: readonly TestRegistry[], folder: string, cache: Cache) {
    this.source = source;
    this.destinations = destinations;
    this.#folder = folder;
    this.cache = cache;
    const credentials = staticCredentials("the test", []);
    this.client = createRegistry({ credentials, retry: { attempts: 3, baseMilliseconds: 5 } });
  }

  static async with(destinations: number, options: RegistryOptions = {}): Promise<Bench> {
    const servers = await Promise.all(Array.from({ length: destinations + 1 }, () => startRegistry(options)));
    const [source, ...others] = servers;
    assert.ok(source);
    const folder = await mkdtemp(join(tmpdir(), "slipway-copy-"));
    return new Bench(source, others, folder, await openCache(folder));
  }

  request(repository: string, reference: string, more: Partial<CopyRequest> = {}): CopyRequest {
    return {
      source: this.client.repository({ registry: this.source.host, repository }),
      reference,
      destinations: this.destinations.map(({ host }) => ({
        target: this.client.repository({ registry: host, repository }),
        tag: reference,
      })),
      referrers: false,
      ...more,
    };
  }

  copy(requests: readonly CopyRequest[], options: CopyOptions = {}): Promise<readonly Outcome[]> {
    return copyImages(requests, { spool: this.cache.spool, retries: 0, ...options });
  }

  clear(): void {
    for (const server of [this.source, ...this.destinations]) server.requests.clear();
  }

  async spooled(): Promise<readonly string[]> {
    const files = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    return files.filter((file) => file.isFile() && file.name.length > 40).map((file) => file.name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.cache.close();
    for (const server of [this.source, ...this.destinations]) await server.close();
    await rm(this.#folder, { recursive: true });
  }
}

const writes = (server: TestRegistry) =>
  [...server.requests].filter(({ method }) => !["GET", "HEAD"].includes(method)).length;
const statuses = (outcomes: readonly Outcome[]) => outcomes.map(({ status }) => status);

function assertHolds(server: TestRegistry, repository: string, image: TestImage, tag: string): void {
  assert.equal(server.tags(repository)[tag], image.root.digest);
  for (const { descriptor, bytes } of image.manifests) {
    const held = server.manifest(repository, descriptor.digest);
    assert.ok(held !== undefined && Buffer.from(held.bytes).equals(bytes), `manifest ${descriptor.digest}`);
  }
  for (const { descriptor } of image.blobs)
    assert.ok(server.blobs(repository).has(descriptor.digest), `blob ${descriptor.digest}`);
}

const KINDS: readonly (readonly [name: string, make: () => Promise<TestImage>])[] = [
  ["single OCI image", () => randomImage({ seed: "single" })],
  ["Docker schema 2 image", () => randomImage({ seed: "docker", format: "docker" })],
  ["index", () => randomIndex({ seed: "index", platforms: PLATFORMS })],
  ["Docker manifest list", () => randomIndex({ seed: "list", platforms: PLATFORMS, format: "docker" })],
  [
    "nested index",
    async () =>
      indexOf([await randomIndex({ seed: "inner", platforms: PLATFORMS }), await randomImage({ seed: "outer" })]),
  ],
];

for (const [name, make] of KINDS) {
  test(`${name}: one read reaches three destinations byte for byte, and a second run writes nothing`, async () => {
    await using bench = await Bench.with(3);
    const image = await make();
    await bench.source.put("team/app", image, "v1");
    const outcomes = await bench.copy([bench.request("team/app", "v1")]);
    assert.deepEqual(statuses(outcomes), ["copied", "copied", "copied"]);
    for (const destination of bench.destinations) assertHolds(destination, "team/app", image, "v1");
    assert.equal(bench.source.requests.bytesOut("GET", "blob"), blobBytes(image));
    assert.equal(
      outcomes.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
      blobBytes(image),
    );
    assert.deepEqual(
      outcomes.map(({ bytesWritten }) => bytesWritten),
      Array(3).fill(blobBytes(image)),
    );
    assert.deepEqual(await bench.spooled(), []);

    bench.clear();
    assert.deepEqual(statuses(await bench.copy([bench.request("team/app", "v1")])), ["skipped", "skipped", "skipped"]);
    assert.equal(bench.source.requests.length, 1);
    for (const destination of bench.destinations) {
      assert.equal(destination.requests.length, 1);
      assert.equal(writes(destination), 0);
    }
  });
}

test("1,000 unchanged tags cost one HEAD each side, and a page of tags", async () => {
  await using bench = await Bench.with(1);
  const image = await randomImage({ seed: "many" });
  const tags = Array.from({ length: 1000 }, (_, at) => `v${at}`);
  for (const server of [bench.source, ...bench.destinations])
    for (const tag of tags) await server.put("team/app", image, tag);
  const outcomes = await bench.copy(tags.map((tag) => bench.request("team/app", tag)));
  assert.ok(outcomes.every(({ status }) => status === "skipped"));
  const [destination] = bench.destinations;
  assert.ok(destination);
  assert.equal(bench.source.requests.length, 1000);
  assert.equal(destination.requests.length, 1001);
  assert.equal(destination.requests.count("HEAD", "manifest"), 1000);
});

test("a new repository is not asked for what it cannot have", async () => {
  await using bench = await Bench.with(1);
  const tags = ["a", "b", "c", "d"];
  for (const tag of tags) await bench.source.put("team/app", await randomImage({ seed: tag }), tag);
  await bench.copy(tags.map((tag) => bench.request("team/app", tag)));
  const [destination] = bench.destinations;
  assert.equal(destination?.requests.count("HEAD"), 0);
});

test("a changed tag sends only what changed", async () => {
  await using bench = await Bench.with(2);
  const base = { seed: "base", bytes: 50_000 };
  const before = await randomImage({ seed: "1", layers: [base, { seed: "top 1", bytes: 1000 }] });
  const after = await randomImage({ seed: "2", layers: [base, { seed: "top 2", bytes: 1000 }] });
  await bench.source.put("team/app", before, "latest");
  await bench.copy([bench.request("team/app", "latest")]);
  await bench.source.put("team/app", after, "latest");
  bench.clear();
  const outcomes = await bench.copy([bench.request("team/app", "latest")]);
  const shared = before.blobs.filter(({ descriptor }) =>
    after.blobs.some((blob) => blob.descriptor.digest === descriptor.digest),
  );
  const news = blobBytes(after) - shared.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  assert.deepEqual(
    outcomes.map(({ bytesWritten }) => bytesWritten),
    [news, news],
  );
  for (const destination of bench.destinations) {
    assert.equal(destination.tags("team/app").latest, after.root.digest);
    assert.equal(destination.requests.bytesIn("PUT", "upload"), news);
  }
});

test("a layer goes to a registry once and is mounted into its other repositories", async () => {
  await using bench = await Bench.with(2);
  const layers = [{ seed: "shared", bytes: 100_000 }];
  const images = await Promise.all(["a", "b", "c"].map((seed) => randomImage({ seed, layers })));
  for (const [at, image] of images.entries()) await bench.source.put(`team/app${at}`, image, "v1");
  const outcomes = await bench.copy(images.map((_, at) => bench.request(`team/app${at}`, "v1")));
  assert.ok(outcomes.every(({ status }) => status === "copied"));
  const unique = blobBytes(...images);
  for (const destination of bench.destinations) {
    assert.equal(destination.requests.bytesIn("PUT", "upload"), unique);
    assert.equal(destination.requests.count("POST", "mount"), 2);
    for (const [at, image] of images.entries()) assertHolds(destination, `team/app${at}`, image, "v1");
  }
  assert.equal(bench.source.requests.bytesOut("GET", "blob"), unique);
});

test("a layer that an image's platforms share is read once and reaches every destination, the slow one too", async () => {
  await using bench = await Bench.with(3);
  const layers = [{ seed: "platforms", bytes: 6_000_000 }];
  const image = await randomIndex({ seed: "shared", platforms: PLATFORMS, layers });
  await bench.source.put("team/app", image, "v1");
  const slow = { kind: "slow", of: "request", bytesPerSecond: 8_000_000 } as const;
  bench.destinations[0]?.faults.add({ method: "PUT", kind: "upload", effect: slow });
  const outcomes = await bench.copy([bench.request("team/app", "v1")]);
  for (const outcome of outcomes) assert.ifError(outcome.status === "failed" ? outcome.error : undefined);
  for (const destination of bench.destinations) assertHolds(destination, "team/app", image, "v1");
  assert.equal(bench.source.requests.bytesOut("GET", "blob"), blobBytes(image));
});

test("within one registry layers are mounted and nothing is read", async () => {
  await using bench = await Bench.with(0);
  const image = await randomImage({ seed: "within" });
  await bench.source.put("team/app", image, "v1");
  const target = bench.client.repository({ registry: bench.source.host, repository: "team/copy" });
  const [outcome] = await bench.copy([bench.request("team/app", "v1", { destinations: [{ target, tag: "v1" }] })]);
  assert.equal(outcome?.status, "copied");
  assert.equal(outcome?.bytesMounted, blobBytes(image));
  assert.equal(bench.source.requests.count("GET", "blob"), 0);
  assertHolds(bench.source, "team/copy", image, "v1");
});

for (const referrersApi of [true, false]) {
  test(`signatures and attestations travel, also later and by themselves (referrers API: ${referrersApi})`, async () => {
    await using bench = await Bench.with(2, { referrers: referrersApi });
    const image = await randomIndex({ seed: "signed", platforms: PLATFORMS });
    const sbom = referrerTo(image.root, { seed: "sbom", artifactType: "application/spdx+json" });
    const signatureOfSbom = referrerTo(sbom.root, {
      seed: "sig",
      artifactType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    });
    const { source } = bench;
    const origin = bench.client.repository({ registry: source.host, repository: "team/app" });
    await source.put("team/app", image, "v1");
    await source.put("team/app", cosignSignature(image.root), cosignTag(image.root));
    const attach = async (referrer: TestImage) => {
      await source.put("team/app", { ...referrer, manifests: [] });
      for (const manifest of referrer.manifests) await origin.pushManifest(manifest);
    };
    await attach(sbom);
    await attach(signatureOfSbom);

    const request = bench.request("team/app", "v1", { referrers: true });
    const outcomes = await bench.copy([request]);
    for (const outcome of outcomes) assert.ifError(outcome.status === "failed" ? outcome.error : undefined);
    const check = async (subject: TestImage, referrer: TestImage) => {
      for (const { host } of bench.destinations) {
        const there = await bench.client
          .repository({ registry: host, repository: "team/app" })
          .referrers(subject.root.digest);
        assert.ok(there.some(({ digest }) => digest === referrer.root.digest));
      }
    };
    await check(image, sbom);
    await check(sbom, signatureOfSbom);
    for (const destination of bench.destinations) {
      assert.equal(destination.tags("team/app")[cosignTag(image.root)], source.tags("team/app")[cosignTag(image.root)]);
    }

    bench.clear();
    assert.deepEqual(statuses(await bench.copy([request])), ["skipped", "skipped"]);
    for (const destination of bench.destinations) assert.equal(writes(destination), 0);

    const late = referrerTo(image.root, { seed: "late", artifactType: "application/x-late" });
    await attach(late);
    bench.clear();
    assert.deepEqual(statuses(await bench.copy([request])), ["copied", "copied"]);
    await check(image, late);
    await check(image, sbom);
  });
}

test("what is said of one platform of an index travels with the index", async () => {
  await using bench = await Bench.with(2);
  const image = await randomIndex({ seed: "child", platforms: PLATFORMS });
  const [child] = image.manifests;
  assert.ok(child);
  const sbom = referrerTo(child.descriptor, { seed: "sbom", artifactType: "application/spdx+json" });
  await bench.source.put("team/app", image, "v1");
  await bench.source.put("team/app", cosignSignature(child.descriptor), cosignTag(child.descriptor));
  await bench.source.put("team/app", { ...sbom, manifests: [] });
  const origin = bench.client.repository({ registry: bench.source.host, repository: "team/app" });
  for (const manifest of sbom.manifests) await origin.pushManifest(manifest);
  assert.deepEqual(statuses(await bench.copy([bench.request("team/app", "v1", { referrers: true })])), [
    "copied",
    "copied",
  ]);
  for (const destination of bench.destinations) {
    const there = bench.client.repository({ registry: destination.host, repository: "team/app" });
    assert.deepEqual(
      (await there.referrers(child.descriptor.digest)).map(({ digest }) => digest),
      [sbom.root.digest],
    );
    assert.ok(destination.tags("team/app")[cosignTag(child.descriptor)]);
  }
});

test("F27: a signature that cannot be had leaves the tag where it was, and the outcome says so", async () => {
  await using bench = await Bench.with(1);
  const image = await randomImage({ seed: "unsigned" });
  await bench.source.put("team/app", image, "v1");
  await bench.source.put("team/app", cosignSignature(image.root), cosignTag(image.root));
  const signature = bench.source.tags("team/app")[cosignTag(image.root)];
  const path = new RegExp(`/manifests/${signature}`);
  bench.destinations[0]?.faults.add({
    method: "PUT",
    path: /sha256-.*\.sig$/,
    effect: { kind: "status", status: 403 },
  });
  const [outcome] = await bench.copy([bench.request("team/app", "v1", { referrers: true })]);
  assert.ok(path.test(`/manifests/${signature}`));
  assert.equal(outcome?.status === "failed" && outcome.error.code, "DENIED");
  assert.equal(bench.destinations[0]?.tags("team/app").v1, undefined);
});

test("platforms that are chosen make an index that is the same from run to run", async () => {
  await using bench = await Bench.with(2);
  const image = await randomIndex({
    seed: "choose",
    platforms: [...PLATFORMS, { os: "windows", architecture: "amd64" }],
  });
  await bench.source.put("team/app", image, "v1");
  const request = bench.request("team/app", "v1", { platforms: [{ os: "linux", architecture: "arm64" }] });
  const first = await bench.copy([request]);
  assert.deepEqual(statuses(first), ["copied", "copied"]);
  const digest = first[0]?.digest;
  assert.notEqual(digest, image.root.digest);
  for (const destination of bench.destinations) {
    const held = destination.manifest("team/app", "v1");
    const index = JSON.parse(Buffer.from(held?.bytes ?? "").toString());
    assert.equal(held?.descriptor.digest, digest);
    assert.deepEqual(
      index.manifests.map((child: { platform: { architecture: string } }) => child.platform.architecture),
      ["arm64"],
    );
  }
  assert.deepEqual(statuses(await bench.copy([request])), ["skipped", "skipped"]);
  const none = await bench.copy([bench.request("team/app", "v1", { platforms: [{ os: "plan9" }] })]);
  assert.deepEqual(
    none.map((outcome) => outcome.status === "skipped" && outcome.reason),
    ["platform", "platform"],
  );
});

test("an image for one platform is chosen by its configuration", async () => {
  await using bench = await Bench.with(1);
  await bench.source.put(
    "team/app",
    await randomImage({ seed: "arm", platform: { os: "linux", architecture: "arm64" } }),
    "v1",
  );
  const copy = (architecture: string) =>
    bench.copy([bench.request("team/app", "v1", { platforms: [{ os: "linux", architecture }] })]);
  assert.deepEqual(statuses(await copy("amd64")), ["skipped"]);
  assert.deepEqual(statuses(await copy("arm64")), ["copied"]);
});

test("F25: a dead destination holds nobody up, and the source is read once", async () => {
  await using bench = await Bench.with(3);
  const image = await randomImage({ seed: "dead", layers: [{ seed: "dead", bytes: 2_000_000 }] });
  await bench.source.put("team/app", image, "v1");
  const host = "127.0.0.1:1";
  const dead = { target: bench.client.repository({ registry: host, repository: "team/app" }), tag: "v1" };
  const request = bench.request("team/app", "v1");
  const destinations = request.destinations.with(1, dead);
  const outcomes = await bench.copy([{ ...request, destinations }], { retries: 1 });
  assert.deepEqual(
    outcomes.map(({ status, attempts }) => [status, attempts]),
    [
      ["copied", 1],
      ["failed", 2],
      ["copied", 1],
    ],
  );
  const [, failed] = outcomes;
  assert.equal(
    failed?.status === "failed" && `${failed.error.side} ${failed.error.code}`,
    "destination HOST_UNREACHABLE",
  );
  assert.equal(bench.source.requests.bytesOut("GET", "blob"), blobBytes(image));
  assert.deepEqual(await bench.spooled(), []);
});

test("F26: a tag that moves during the run moves no destination", async () => {
  await using bench = await Bench.with(2);
  const [before, after] = [await randomImage({ seed: "before" }), await randomImage({ seed: "after" })];
  await bench.source.put("team/app", before, "latest");
  const outcomes = await bench.copy([bench.request("team/app", "latest")], {
    tell: (event) => event.kind === "planned" && void bench.source.put("team/app", after, "latest"),
  });
  assert.deepEqual(statuses(outcomes), ["copied", "copied"]);
  for (const destination of bench.destinations) assert.equal(destination.tags("team/app").latest, before.root.digest);
});

for (const destinations of [1, 2]) {
  test(`F7: flipped bits tag nothing at ${destinations}, are fetched once more for each and no more, and a new run heals`, async () => {
    await using bench = await Bench.with(destinations);
    const layers = [{ seed: "flip", bytes: 500_000 }];
    const image = await randomImage({ seed: "flip", layers });
    await bench.source.put("team/app", image, "v1");
    const layer = image.blobs.find(({ descriptor }) => descriptor.size > 400_000)?.descriptor.digest ?? "none";
    const where = (request: { readonly path: string }) => request.path.endsWith(layer);
    const fault = bench.source.faults.add({ where, effect: { kind: "flip-bit", of: "response", atByte: 1000 } });
    const failed = await bench.copy([bench.request("team/app", "v1")], { retries: 2 });
    for (const outcome of failed) {
      assert.equal(
        outcome.status === "failed" && `${outcome.error.side} ${outcome.error.code}`,
        "source CONTENT_MISMATCH",
      );
    }
    const fetched = [...bench.source.requests].filter(({ method, path }) => method === "GET" && path.endsWith(layer));
    // each destination asks once more, and two that ask at the same time share the answer
    assert.ok(fetched.length >= 2 && fetched.length <= 1 + destinations, `${fetched.length}`);
    for (const destination of bench.destinations) assert.deepEqual(destination.tags("team/app"), {});
    fault.remove();
    const healed = await bench.copy([bench.request("team/app", "v1")]);
    assert.ok(healed.every(({ status }) => status === "copied"));
  });
}

test("F19: a destination that says it has a child and then has not is sent it again, once", async () => {
  await using bench = await Bench.with(1);
  const image = await randomIndex({ seed: "liar", platforms: PLATFORMS });
  await bench.source.put("team/app", image, "v1");
  const [destination] = bench.destinations;
  const child = image.manifests[0];
  assert.ok(destination && child);
  const { digest, mediaType, size } = child.descriptor;
  const headers = { "docker-content-digest": digest, "content-type": mediaType, "content-length": String(size) };
  const path = new RegExp(digest);
  destination.faults.add({
    method: "HEAD",
    path,
    when: { first: 1 },
    effect: { kind: "status", status: 200, headers },
  });
  assert.deepEqual(statuses(await bench.copy([bench.request("team/app", "v1")])), ["copied"]);
  assertHolds(destination, "team/app", image, "v1");
});

test("F22: a blob that is collected before its manifest comes is sent again", async () => {
  await using bench = await Bench.with(1);
  const image = await randomImage({ seed: "collected" });
  await bench.source.put("team/app", image, "v1");
  const [destination] = bench.destinations;
  const blob = image.blobs[0];
  assert.ok(destination && blob);
  let once = true;
  const outcomes = await bench.copy([bench.request("team/app", "v1")], {
    tell: (event) => {
      if (event.kind === "arrived" && event.digest === blob.descriptor.digest && once) {
        once = false;
        destination.collect("team/app", event.digest);
      }
    },
  });
  assert.deepEqual(statuses(outcomes), ["copied"]);
  assertHolds(destination, "team/app", image, "v1");
});

test("S17: an index that is nested without end is refused", async () => {
  await using bench = await Bench.with(1);
  let image = await randomImage({ seed: "deep" });
  for (let depth = 0; depth < 12; depth += 1) image = indexOf([image]);
  await bench.source.put("team/app", image, "v1");
  const [outcome] = await bench.copy([bench.request("team/app", "v1")]);
  assert.equal(
    outcome?.status === "failed" && `${outcome.error.side} ${outcome.error.code}`,
    "source MANIFEST_INVALID",
  );
});

test("a tag that is not there fails on the source, before anything is written", async () => {
  await using bench = await Bench.with(2);
  await bench.source.put("team/app", await randomImage({ seed: "x" }), "v1");
  const outcomes = await bench.copy([bench.request("team/app", "nope"), bench.request("team/app", "v1")]);
  assert.deepEqual(statuses(outcomes), ["failed", "failed", "copied", "copied"]);
  const [first] = outcomes;
  assert.equal(first?.status === "failed" && first.error.message.includes("nope") && first.error.side, "source");
});

test("forced, the manifests are sent again and no blob is", async () => {
  await using bench = await Bench.with(1);
  await bench.source.put("team/app", await randomImage({ seed: "force" }), "v1");
  await bench.copy([bench.request("team/app", "v1")]);
  bench.clear();
  assert.deepEqual(statuses(await bench.copy([bench.request("team/app", "v1")], { force: true })), ["copied"]);
  assert.equal(bench.destinations[0]?.requests.count("PUT", "manifest"), 1);
  assert.equal(bench.destinations[0]?.requests.count("POST"), 0);
});

test("an interrupted run says so and leaves nothing on the disk", async () => {
  await using bench = await Bench.with(2);
  await bench.source.put(
    "team/app",
    await randomImage({ seed: "stop", layers: [{ seed: "stop", bytes: 3_000_000 }] }),
    "v1",
  );
  bench.source.faults.add({
    method: "GET",
    kind: "blob",
    effect: { kind: "slow", of: "response", bytesPerSecond: 200_000 },
  });
  const stop = new AbortController();
  const client = createRegistry({ credentials: staticCredentials("the test", []), signal: stop.signal });
  const source = client.repository({ registry: bench.source.host, repository: "team/app" });
  const destinations = bench.destinations.map(({ host }) => ({
    target: client.repository({ registry: host, repository: "team/app" }),
    tag: "v1",
  }));
  setTimeout(() => stop.abort(), 300);
  const started = Date.now();
  const outcomes = await bench
    .copy([{ source, reference: "v1", destinations, referrers: false }], { signal: stop.signal, retries: 2 })
    .catch(() => []);
  assert.ok(Date.now() - started < 2000);
  assert.ok(outcomes.every(({ status }) => status === "failed"));
  await client.close();
  assert.deepEqual(await bench.spooled(), []);
});
