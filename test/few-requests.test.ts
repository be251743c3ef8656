import assert from "node:assert/strict";
import { test } from "node:test";
import { copyImages } from "../src/copy/copy-images.ts";
import type { CopyRequest } from "../src/copy/plan.ts";
import { survey } from "../src/copy/survey.ts";
import { createRegistry, staticCredentials } from "../src/registry/index.ts";
import { randomImage, startRegistry, type TestRegistry } from "../src/testing/index.ts";

const REPOSITORY = "team/app";
const TAGS = Array.from({ length: 20 }, (_, at) => `1.${at}`);
const IMAGES = await Promise.all(
  TAGS.map((tag) => randomImage({ seed: tag, layers: [{ seed: "shared", bytes: 512 }] })),
);

/** Twenty images with a layer in common, and an empty registry that they are to go to. */
async function atWork(
  work: (source: TestRegistry, destination: TestRegistry, requests: readonly CopyRequest[]) => Promise<void>,
): Promise<void> {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  for (const [at, image] of IMAGES.entries()) await source.put(REPOSITORY, image, TAGS[at]);
  const client = createRegistry({ credentials: staticCredentials("the test", []), environment: {} });
  const at = ({ host }: TestRegistry) => client.repository({ registry: host, repository: REPOSITORY });
  const requests = TAGS.map((tag): CopyRequest => {
    return { source: at(source), reference: tag, destinations: [{ target: at(destination), tag }], referrers: false };
  });
  try {
    await work(source, destination, requests);
  } finally {
    await client.close();
  }
}

test("an image that no destination has costs one question at the source besides its blobs", async () => {
  await atWork(async (source, destination, requests) => {
    const outcomes = await copyImages(requests);
    assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(["copied"]));
    assert.equal(source.requests.count("HEAD"), 0);
    assert.equal(source.requests.count("GET", "manifest"), TAGS.length);
    assert.equal(source.requests.count("GET", "blob"), TAGS.length + 1);
    assert.equal(destination.requests.count("HEAD"), 0);
    assert.equal(destination.requests.count("PUT", "manifest"), TAGS.length);
  });
});

test("a look at both sides, after which nothing is sent, reads no manifest", async () => {
  await atWork(async (source, _destination, requests) => {
    const { plan } = await survey(requests);
    assert.equal(plan.transfers.length, TAGS.length);
    assert.equal(source.requests.count("GET", "manifest"), 0);
    assert.equal(source.requests.count("HEAD", "manifest"), TAGS.length);
  });
});

test("an image that is there costs one question a side, and no manifest", async () => {
  await atWork(async (source, destination, requests) => {
    await copyImages(requests);
    source.requests.clear();
    destination.requests.clear();
    await copyImages(requests);
    assert.equal(source.requests.count("GET", "manifest"), 0);
    assert.equal(source.requests.count("HEAD", "manifest"), TAGS.length);
    assert.equal(destination.requests.count("HEAD", "manifest"), TAGS.length);
    assert.equal(destination.requests.count("PUT"), 0);
  });
});
