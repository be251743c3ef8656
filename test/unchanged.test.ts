import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { blobBytes, randomImage, startRegistry, type TestImage, type TestRegistry } from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

const TAGS = Array.from({ length: 300 }, (_, at) => `1.${at}.0`);
/** Small pages, so that there are several. */
const PAGE = 100;
const BASE = { seed: "base", bytes: 200_000 };

let source: TestRegistry;
let destination: TestRegistry;
let image: TestImage;

before(async () => {
  source = await startRegistry({ pageSize: PAGE, referrers: false });
  destination = await startRegistry({ pageSize: PAGE });
  image = await randomImage({ seed: "unchanged", layers: [BASE, { seed: "top", bytes: 1000 }] });
  for (const registry of [source, destination]) {
    for (const tag of TAGS) await registry.put("team/app", image, tag);
  }
});

after(async () => {
  for (const registry of [source, destination]) await registry.close();
});

/** The same rule in both formats. */
function rules(from: string, to: string): Readonly<Record<string, string>> {
  return {
    "images.yaml": `${source.host}/${from}: ${destination.host}/${to}\n`,
    "slipway.yaml": `version: 1\nmirrors:\n  - { from: ${source.host}/${from}, to: ${destination.host}/${to} }\n`,
  };
}

function clear(): void {
  for (const registry of [source, destination]) registry.requests.clear();
}

for (const [format, args] of [
  ["image-syncer's files", ["--images", "images.yaml"]],
  ["mirrors", []],
] as const) {
  test(`M4: ${TAGS.length} unchanged tags cost a HEAD each and lists of tags on either side (${format})`, async () => {
    await using workplace = await Workplace.with(rules("team/app", "team/app"));
    clear();
    const ended = await workplace.slipway(["sync", ...args]);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stderr, new RegExp(`${TAGS.length} unchanged`));
    for (const { requests } of [source, destination]) {
      assert.equal(requests.count("HEAD", "manifest"), TAGS.length);
      assert.ok(requests.count("GET", "tags") <= TAGS.length / PAGE + 1);
      assert.ok(requests.count("GET", "referrers") <= 1, "one question tells that there is no referrers API");
      const known = requests.count("HEAD") + requests.count("GET", "tags") + requests.count("GET", "referrers");
      assert.equal(requests.length, known);
    }
  });
}

test("where the source has the referrers API, a tag costs it one question more, and none with --no-referrers", async () => {
  await using modern = await startRegistry();
  for (const tag of TAGS.slice(0, 30)) await modern.put("team/app", image, tag);
  const mirror = `{ from: ${modern.host}/team/app, to: ${destination.host}/team/app }`;
  await using workplace = await Workplace.with({ "slipway.yaml": `version: 1\nmirrors: [${mirror}]\n` });
  for (const [flag, most] of [
    ["--referrers", 30],
    ["--no-referrers", 0],
  ] as const) {
    modern.requests.clear();
    const ended = await workplace.slipway(["sync", flag]);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stderr, /30 unchanged/);
    assert.equal(modern.requests.count("HEAD", "manifest"), 30);
    assert.ok(modern.requests.count("GET", "referrers") <= most);
  }
});

test("a tag that changed sends the layer that changed, and asks no more for the others", async () => {
  const changed = await randomImage({ seed: "changed", layers: [BASE, { seed: "other top", bytes: 1000 }] });
  await source.put("team/app", changed, "1.7.0");
  await using workplace = await Workplace.with(rules("team/app", "team/app"));
  clear();
  const ended = await workplace.slipway(["sync"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stderr, new RegExp(`1 copied · ${TAGS.length - 1} unchanged`));
  assert.equal(destination.tags("team/app")["1.7.0"], changed.root.digest);
  const base = image.blobs.filter(({ descriptor }) =>
    changed.blobs.some((blob) => blob.descriptor.digest === descriptor.digest),
  );
  const news = blobBytes(changed) - base.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  assert.equal(destination.requests.bytesIn("PUT", "upload"), news);
  assert.equal(source.requests.bytesOut("GET", "blob"), news);
  assert.ok(source.requests.length + destination.requests.length < 2 * (TAGS.length + 40));
});

test("layers that one repository got are mounted into the registry's next one, which gets nothing sent", async () => {
  const layers = [BASE, { seed: "mounted", bytes: 150_000 }];
  const images = await Promise.all(["x", "y", "z"].map((seed) => randomImage({ seed, layers })));
  await using fresh = await startRegistry();
  const names = ["one", "two", "three"];
  for (const [at, one] of images.entries()) await source.put(`shared/${names[at]}`, one, "v1");
  const mirrors = names.map((name) => `  - { from: ${source.host}/shared/${name}, to: ${fresh.host}/${name} }\n`);
  await using workplace = await Workplace.with({ "slipway.yaml": `version: 1\nmirrors:\n${mirrors.join("")}` });
  const ended = await workplace.slipway(["sync"]);
  assert.equal(ended.code, 0, ended.stderr);
  for (const [at, one] of images.entries()) assert.equal(fresh.tags(names[at] ?? "").v1, one.root.digest);
  assert.equal(fresh.requests.bytesIn("PUT", "upload"), blobBytes(...images));
  assert.equal(fresh.requests.count("POST", "mount"), 2 * layers.length);
});
