import assert from "node:assert/strict";
import { test } from "node:test";
import { copyImages } from "../src/copy/copy-images.ts";
import type { Outcome } from "../src/copy/outcome.ts";
import type { Digest } from "../src/oci/digest.ts";
import { createRegistry, type HostOptions, type Registry, staticCredentials } from "../src/registry/index.ts";
import { dockerHubListing } from "../src/registry/listings/docker-hub.ts";
import {
  cosignSignature,
  cosignTag,
  type FaultEffect,
  type ListingOptions,
  randomImage,
  startRegistry,
  type TestImage,
  type TestRegistry,
} from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

type Kind = ListingOptions["kind"] | "plain";

const REPOSITORY = "team/app";
const IMAGES = await Promise.all(["a", "b", "c"].map((seed) => randomImage({ seed: `bulk ${seed}`, layers: [] })));
const MANY = tagsOf(1000);

function tagsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `1.${at}.0`);
}

function image(at: number): TestImage {
  return IMAGES[at] ?? assert.fail();
}

/** Two registries that list digests in their ways, and a client that knows what they are. */
class Pair implements AsyncDisposable {
  readonly source: TestRegistry;
  readonly destination: TestRegistry;
  readonly #client: Registry;

  private constructor(source: TestRegistry, destination: TestRegistry, kinds: readonly [Kind, Kind]) {
    this.source = source;
    this.destination = destination;
    const hosts: Record<string, HostOptions> = {};
    const hubs: string[] = [];
    for (const [at, { host }] of [source, destination].entries()) {
      const kind = kinds[at] ?? "plain";
      if (kind === "docker-hub") hubs.push(host);
      else hosts[host] = { kind };
    }
    this.#client = createRegistry({
      credentials: staticCredentials("the test", []),
      environment: {},
      hosts,
      rules: hubs.map((host) => {
        return { matches: (name) => name === host, listing: dockerHubListing(new URL(`http://${host}`)) };
      }),
    });
  }

  static async of(from: Kind, to: Kind, says: readonly ListingOptions["says"][] = []): Promise<Pair> {
    const [source, destination] = await Promise.all(
      [from, to].map((kind, at) => {
        const said = says[at];
        const listing = kind === "plain" ? undefined : { kind, ...(said !== undefined && { says: said }) };
        return startRegistry({ referrers: false, ...(listing !== undefined && { listing }) });
      }),
    );
    assert.ok(source !== undefined && destination !== undefined);
    return new Pair(source, destination, [from, to]);
  }

  copy(tags: readonly string[], referrers = true): Promise<readonly Outcome[]> {
    const source = this.#client.source({ registry: this.source.host, repository: REPOSITORY });
    const target = this.#client.repository({ registry: this.destination.host, repository: REPOSITORY });
    return copyImages(
      tags.map((tag) => ({ source, reference: tag, referrers, destinations: [{ target, tag }] })),
      { retries: 0 },
    );
  }

  async [Symbol.asyncDispose]() {
    await this.#client.close();
    await Promise.all([this.source.close(), this.destination.close()]);
  }
}

async function filled(pair: Pair, tags: readonly string[]): Promise<Pair> {
  for (const tag of tags) {
    for (const side of [pair.source, pair.destination]) await side.put(REPOSITORY, image(0), tag);
  }
  return pair;
}

function count(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const reasons = outcomes.map((one) => (one.status === "skipped" ? one.reason : one.status));
  return Object.fromEntries([...Map.groupBy(reasons, (one) => one)].map(([one, all]) => [one, all.length]));
}

const PAGES: Readonly<Record<Kind, number>> = { acr: 10, "docker-hub": 10, quay: 10, harbor: 2, plain: 0 };

for (const [from, to] of [
  ["docker-hub", "harbor"],
  ["quay", "acr"],
  ["docker-hub", "plain"],
  ["plain", "quay"],
] as const) {
  test(`M4: 1,000 unchanged tags from ${from} to ${to} cost pages, and a HEAD each only where it is plain`, async () => {
    await using pair = await filled(await Pair.of(from, to), MANY);
    assert.deepEqual(count(await pair.copy(MANY)), { "in-step": MANY.length });
    for (const [side, kind] of [
      [pair.source, from],
      [pair.destination, to],
    ] as const) {
      assert.equal(side.requests.count("HEAD", "manifest"), kind === "plain" ? MANY.length : 0);
      assert.equal(side.requests.count("GET", "listing"), PAGES[kind]);
      // a list of tags for what is absent, and whether there is a referrers API
      const others = side.requests.length - side.requests.count("GET", "listing");
      assert.ok(others <= (kind === "plain" ? MANY.length : 0) + 2, `${others} other requests`);
    }
  });
}

const FAILURES: readonly (readonly [name: string, effect: FaultEffect])[] = [
  ["403", { kind: "status", status: 403 }],
  ["404", { kind: "status", status: 404 }],
  ["429", { kind: "status", status: 429, headers: { "retry-after": "0" } }],
  ["garbage", { kind: "status", status: 200, body: "%%%" }],
  ["a cut", { kind: "cut", of: "response", afterBytes: 100 }],
];

for (const [name, effect] of FAILURES) {
  for (const nth of [1, 3]) {
    test(`${name} at page ${nth} of either list: what is not listed costs a HEAD, and the run is as good`, async () => {
      const tags = MANY.slice(0, 400);
      await using pair = await filled(await Pair.of("docker-hub", "quay"), tags);
      for (const side of [pair.source, pair.destination]) {
        side.faults.add({ kind: "listing", when: { nth: [nth] }, effect });
      }
      assert.deepEqual(count(await pair.copy(tags)), { "in-step": tags.length });
      for (const side of [pair.source, pair.destination]) {
        assert.equal(side.requests.count("GET", "listing"), nth);
        assert.equal(side.requests.count("HEAD", "manifest"), tags.length - 100 * (nth - 1));
      }
    });
  }
}

test("what changed and what is missing is copied, by what the source says when it is asked", async () => {
  const tags = MANY.slice(0, 50);
  await using pair = await filled(await Pair.of("docker-hub", "acr"), tags);
  await pair.source.put(REPOSITORY, image(1), "1.7.0");
  await pair.source.put(REPOSITORY, image(2), "new");
  assert.deepEqual(count(await pair.copy([...tags, "new"])), { "in-step": 49, copied: 2 });
  assert.deepEqual(pair.destination.tags(REPOSITORY), pair.source.tags(REPOSITORY));
  assert.ok(pair.source.requests.count("HEAD", "manifest") <= 2);
});

test("where nothing is there yet, no list is read", async () => {
  const tags = MANY.slice(0, 30);
  await using pair = await Pair.of("docker-hub", "quay");
  for (const tag of tags) await pair.source.put(REPOSITORY, image(0), tag);
  assert.deepEqual(count(await pair.copy(tags)), { copied: tags.length });
  assert.equal(pair.source.requests.count("GET", "listing"), 0);
  assert.equal(pair.destination.requests.count("GET", "listing"), 0);
});

test("slipway sync reads lists where `hosts` say what a registry is", async () => {
  const tags = MANY.slice(0, 40);
  await using pair = await filled(await Pair.of("quay", "harbor"), tags);
  const [from, to] = [pair.source.host, pair.destination.host];
  const mirror = `{ from: ${from}/${REPOSITORY}, to: ${to}/${REPOSITORY} }`;
  const hosts = `{ "${from}": { kind: quay }, "${to}": { kind: harbor } }`;
  await using workplace = await Workplace.with({
    "slipway.yaml": `version: 1\nmirrors: [${mirror}]\nhosts: ${hosts}\n`,
  });
  const ended = await workplace.slipway(["sync"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stderr, /40 unchanged/);
  for (const { requests } of [pair.source, pair.destination]) {
    assert.equal(requests.count("HEAD", "manifest"), 0);
    assert.ok(requests.count("GET", "listing") > 0);
  }
});

test("a signature that is missing is seen where the tag is listed in step", async () => {
  const tags = MANY.slice(0, 30);
  await using pair = await filled(await Pair.of("docker-hub", "quay"), tags);
  await pair.source.put(REPOSITORY, cosignSignature(image(0).root), cosignTag(image(0).root));
  assert.equal(count(await pair.copy(tags)).failed, undefined);
  assert.ok(pair.destination.tags(REPOSITORY)[cosignTag(image(0).root)] !== undefined);
});

test("lists that lie delay a copy at most: no tag ever becomes what the source does not say when it is asked", async () => {
  const choices: readonly (Digest | undefined)[] = [...IMAGES.map(({ root }) => root.digest), undefined];
  const places = choices.length;
  // every combination of what either side has (the source always something) and what its list says
  const cases = tagsOf(places ** 4).map((tag, at) => ({
    tag,
    has: at % IMAGES.length,
    had: Math.floor(at / places) % places,
    sourceSays: choices[Math.floor(at / places ** 2) % places],
    destinationSays: choices[Math.floor(at / places ** 3) % places],
  }));
  await using pair = await Pair.of("docker-hub", "quay", [
    () => cases.map(({ tag, sourceSays }) => [tag, sourceSays]),
    () => cases.map(({ tag, destinationSays }) => [tag, destinationSays]),
  ]);
  for (const { tag, has, had } of cases) {
    await pair.source.put(REPOSITORY, image(has), tag);
    if (had < IMAGES.length) await pair.destination.put(REPOSITORY, image(had), tag);
  }
  const before = pair.destination.tags(REPOSITORY);
  const truth = pair.source.tags(REPOSITORY);
  const outcomes = await pair.copy(
    cases.map(({ tag }) => tag),
    false,
  );
  const after = pair.destination.tags(REPOSITORY);
  for (const [at, { tag, sourceSays, destinationSays }] of cases.entries()) {
    const outcome = outcomes[at];
    if (outcome?.status === "copied") assert.deepEqual([after[tag], outcome.digest], [truth[tag], truth[tag]]);
    else assert.deepEqual([outcome?.status, after[tag]], ["skipped", before[tag]]);
    const isTrue = [undefined, truth[tag]].includes(sourceSays) && [undefined, before[tag]].includes(destinationSays);
    if (isTrue) assert.equal(after[tag], truth[tag], "lists that are right or silent delay nothing");
  }
  assert.ok((count(outcomes).copied ?? 0) > cases.length / 4);
});
