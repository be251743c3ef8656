import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { randomImage, randomIndex, startRegistry, temporaryFolder } from "../testing/index.ts";
import { run } from "./run.ts";

const PLATFORMS = [
  { os: "linux", architecture: "amd64" },
  { os: "linux", architecture: "arm64" },
];

/** Runs a command line as main.ts does, with what it wrote. */
async function slipway(...argv: readonly string[]) {
  const written = { out: "", err: "" };
  const exit = await run(argv, {
    environment: { PATH: "", LANG: "C" },
    out: { write: (text) => (written.out += String(text)) },
    err: { write: (text) => (written.err += String(text)) },
    signal: new AbortController().signal,
    version: "1.2.3",
  });
  return { exit, ...written };
}

const linesWith = (text: string, sign: string) => text.split("\n").filter((line) => line.includes(sign));

test("copy: an image for none of the platforms asked for is a failure that names those there are", async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder("copies");
  await registry.put("a/b", await randomIndex({ seed: "b", platforms: PLATFORMS }), "v1");
  await registry.put(
    "a/b",
    await randomImage({ seed: "single", platform: { os: "linux", architecture: "arm64" } }),
    "v2",
  );
  const image = `${registry.host}/a/b`;
  const copy = (...argv: readonly string[]) =>
    slipway("copy", "--platform", "linux/riscv64", ...argv, `oci:${join(folder.path, "there")}`);
  const index = await copy(`${image}:v1`);
  assert.equal(index.exit, 1);
  assert.match(index.err, /b:v1 has no image for linux\/riscv64; it has linux\/amd64, linux\/arm64\n/);
  assert.match((await copy(`${image}:v2`)).err, /b:v2 has no image for linux\/riscv64; it has linux\/arm64\n/);
  const all = await copy("--all-tags", image);
  assert.equal(all.exit, 0);
  assert.match(all.err, /warning: nothing was copied: .*\n! 2 skipped \(platform\)/);
  assert.deepEqual(await readdir(folder.path), []);
});

test("sync: images for other platforms are left, and counted apart", async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder("copies");
  await registry.put("a/b", await randomIndex({ seed: "b", platforms: PLATFORMS }), "v1");
  const config = join(folder.path, "slipway.yaml");
  await writeFile(config, `version: 1\nmirrors: [{ from: ${registry.host}/a/b, to: ${registry.host}/c/d }]\n`);
  const { exit, err } = await slipway("sync", "-c", config, "--arch", "riscv64");
  assert.equal(exit, 0);
  assert.match(err, /\n! 1 skipped \(platform\)/);
  assert.doesNotMatch(err, /unchanged/);
});

test("tags: a repository that is not there is a failure, and an image is no repository", async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder("copies");
  await registry.put("a/b", await randomImage({ seed: "b" }), "v1");
  const missing = await slipway("tags", `${registry.host}/no/pe`);
  assert.deepEqual([missing.exit, missing.out], [1, ""]);
  assert.match(missing.err, /has no repository no\/pe/);
  const image = await slipway("tags", `${registry.host}/a/b:v1`);
  assert.deepEqual([image.exit, image.out], [2, ""]);
  assert.match(image.err, /is one image/);
  assert.equal((await slipway("tags", `${registry.host}/a/b`)).out, "v1\n");
  const layout = `oci:${join(folder.path, "layout")}`;
  await slipway("copy", `${registry.host}/a/b@${(await randomImage({ seed: "b" })).root.digest}`, layout);
  assert.deepEqual(await slipway("tags", layout), { exit: 0, out: "", err: "" });
});

test("copy: each attempt that failed is one line, and the failure is explained once", async () => {
  await using registry = await startRegistry();
  await registry.put("a/b", await randomImage({ seed: "b" }), "v1");
  const dead = "127.0.0.1:1/c/d";
  const { exit, err } = await slipway("copy", "-r", "2", `${registry.host}/a/b:v1`, dead);
  assert.equal(exit, 1);
  assert.deepEqual(
    linesWith(err, "↻ 127").map((line) => line.slice(line.indexOf("HOST_"))),
    ["HOST_UNREACHABLE; trying again (2 of 3)", "HOST_UNREACHABLE; trying again (3 of 3)"],
  );
  assert.equal(linesWith(err, "cannot be reached").length, 1);
  assert.equal(linesWith(err, "✗ 127").length, 1);
  assert.equal(linesWith(err, "✗ 1 failed").length, 1);
});

test("copy: of an archive that misses an image nothing is written, and no image counts as copied", async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder("copies");
  const broken = await randomImage({ seed: "broken" });
  await registry.put("a/b", await randomImage({ seed: "whole" }), "v1");
  await registry.put("a/b", broken, "v2");
  const digest = broken.blobs.at(-1)?.descriptor.digest ?? "";
  registry.faults.add({ path: new RegExp(digest), method: "GET", effect: { kind: "status", status: 404 } });
  const argv = ["copy", "--all-tags", `${registry.host}/a/b`, `oci-archive:${join(folder.path, "all.tar")}`, "--json"];
  const { exit, out } = await slipway(...argv);
  const { outcomes }: { outcomes: readonly { error: { code: string } }[] } = JSON.parse(out);
  assert.deepEqual(outcomes.map(({ error }) => error.code).sort(), ["BLOB_UNKNOWN", "PLACE_GIVEN_UP"]);
  assert.equal(exit, 1);
  assert.deepEqual(await readdir(folder.path), []);
});

test("copy: a dry run into an archive leaves nothing behind", async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder("copies");
  await registry.put("a/b", await randomImage({ seed: "b" }), "v1");
  const { exit } = await slipway(
    "copy",
    "--dry-run",
    `${registry.host}/a/b:v1`,
    `oci-archive:${join(folder.path, "x.tar")}`,
  );
  assert.equal(exit, 0);
  assert.deepEqual(await readdir(folder.path), []);
});

test("copy: interrupted, it leaves the archive as it was", async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder("copies");
  const archive = join(folder.path, "image.tar");
  await registry.put("a/b", await randomImage({ seed: "before" }), "v1");
  await registry.put("a/b", await randomImage({ seed: "after", layers: [{ seed: "after", bytes: 3_000_000 }] }), "v2");
  assert.equal((await slipway("copy", `${registry.host}/a/b:v1`, `oci-archive:${archive}`)).exit, 0);
  const before = await readFile(archive);
  const slow = { kind: "slow", of: "response", bytesPerSecond: 200_000 } as const;
  registry.faults.add({ method: "GET", kind: "blob", effect: slow });
  const argv = ["copy", "--progress", "json", `${registry.host}/a/b:v2`];
  for (const file of [archive, join(folder.path, "new.tar")]) {
    const main = join(import.meta.dirname, "main.ts");
    const child = spawn(process.execPath, [main, ...argv, `oci-archive:${file}`], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    // once: a second one ends the program on the spot
    let isMoving = false;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (isMoving || !text.includes('"moving"')) return;
      isMoving = true;
      child.kill("SIGINT");
    });
    assert.deepEqual(await once(child, "exit"), [130, null]);
  }
  assert.deepEqual(await readdir(folder.path), ["image.tar"]);
  assert.deepEqual(await readFile(archive), before);
});

test("doctor: where only credentials fail, so its exit code says, and nothing is pushed", async () => {
  await using registry = await startRegistry({ auth: { kind: "basic", users: { ann: "secret" } } });
  await using folder = await temporaryFolder("copies");
  const rules = `mirrors: [{ from: "${registry.host}/a/b:v1", to: ${registry.host}/c/d }]\n`;
  const account = `registries: { r: { image: "${registry.host}", username: ann, password: wrong } }\n`;
  const config = join(folder.path, "slipway.yaml");
  await writeFile(config, `version: 1\n${account}${rules}`);
  const { exit, out } = await slipway("doctor", "-c", config);
  assert.equal(exit, 4, out);
  assert.equal(registry.requests.count("POST"), 0);
});
