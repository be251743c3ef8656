import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { descriptorOf } from "../oci/descriptor.ts";
import { DOCKER_FOREIGN_LAYER } from "../oci/media-types.ts";
import { randomImage, startDockerRegistry, startRegistry, type TestImage } from "../testing/index.ts";
import { run } from "./run.ts";

/** An address that layers may name, and how often it was asked for anything. */
async function startElsewhere() {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end();
  });
  server.on("connection", () => (requests += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return {
    url: `http://127.0.0.1:${address.port}/layer`,
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The image with its last layer kept elsewhere, as Windows' base layers were. */
async function withForeignLayer(url: string): Promise<TestImage> {
  const image = await randomImage({ seed: "foreign", format: "docker" });
  const manifest = image.manifests[0];
  assert.ok(manifest !== undefined);
  const json = JSON.parse(Buffer.from(manifest.bytes).toString());
  const last = json.layers.pop();
  json.layers.push({ ...last, mediaType: DOCKER_FOREIGN_LAYER, urls: [url] });
  const bytes = Buffer.from(JSON.stringify(json));
  const root = descriptorOf(bytes, manifest.descriptor.mediaType);
  const blobs = image.blobs.filter(({ descriptor }) => descriptor.digest !== last.digest);
  return { root, manifests: [{ bytes, descriptor: root }], blobs };
}

async function copy(...argv: readonly string[]) {
  let out = "";
  await run(["copy", ...argv, "--json"], {
    environment: { PATH: "", LANG: "C" },
    out: { write: (text) => (out += String(text)) },
    err: { write: () => true },
    signal: new AbortController().signal,
    version: "1.2.3",
  });
  return JSON.parse(out).outcomes[0];
}

test("S8 the addresses that layers name are not contacted; the manifest is copied as it is", async () => {
  await using elsewhere = await startElsewhere();
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const image = await withForeignLayer(elsewhere.url);
  await source.put("a/b", image, "v1");
  const outcome = await copy(`${source.host}/a/b:v1`, `${destination.host}/a/b`);
  assert.equal(outcome.status, "copied");
  assert.deepEqual(destination.tags("a/b"), { v1: image.root.digest });
  assert.deepEqual([...destination.blobs("a/b")].sort(), image.blobs.map(({ descriptor }) => descriptor.digest).sort());
  assert.equal(elsewhere.requests(), 0);
});

test("S8 a registry that wants such a layer itself is recognised, and nothing is fetched for it", async () => {
  await using elsewhere = await startElsewhere();
  await using source = await startRegistry();
  await using strict = await startRegistry({ refuses: ["foreign-layers"] });
  await using debian = await startDockerRegistry();
  const image = await withForeignLayer(elsewhere.url);
  await source.put("a/b", image, "v1");
  for (const { host } of [strict, debian]) {
    const { status, error } = await copy(`${source.host}/a/b:v1`, `${host}/a/b`);
    assert.equal(status, "failed");
    assert.equal(error.code, "FOREIGN_LAYERS_REFUSED", error.message);
    assert.match(error.hint, /validation\.manifests\.urls\.allow/);
  }
  assert.equal(elsewhere.requests(), 0);
});
