import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { randomIndex, startRegistry, type TestRegistry } from "../../src/testing/index.ts";

const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

async function run(example: string, ...args: readonly string[]): Promise<string> {
  const file = join(import.meta.dirname, example);
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
  return stdout;
}

async function published(registry: TestRegistry) {
  const image = await randomIndex({ seed: "library", platforms: PLATFORMS });
  await registry.put("team/app", image, "v1");
  return image;
}

test("client.ts prints tags, digest and platforms", async () => {
  await using registry = await startRegistry();
  const image = await published(registry);
  const output = await run("client.ts", `${registry.host}/team/app:v1`);
  assert.equal(output, `v1\n${image.root.digest}\nlinux/amd64\nlinux/arm64\n`);
});

test("copy.ts brings one image to two registries, and reads it once", async () => {
  await using registry = await startRegistry();
  await using one = await startRegistry();
  await using other = await startRegistry();
  const image = await published(registry);
  const output = await run("copy.ts", ...[registry, one, other].map(({ host }) => `${host}/team/app:v1`));
  assert.match(output, /^1 to copy\n(?:127\.0\.0\.1:\d+\/team\/app:v1 copied\n){2}$/);
  assert.deepEqual(
    [one, other].map((there) => there.tags("team/app").v1),
    [image.root.digest, image.root.digest],
  );
  assert.equal(registry.requests.count("GET", "blob"), image.blobs.length);
});

test("own-target.ts weighs every blob", async () => {
  await using registry = await startRegistry();
  const image = await published(registry);
  const bytes = image.blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  const output = await run("own-target.ts", `${registry.host}/team/app:v1`);
  assert.equal(output, `copied: ${bytes} bytes in layers and configurations\n`);
});
