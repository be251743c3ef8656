import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { blobBytes, randomImage, startDockerRegistry, startLink, startRegistry } from "../src/testing/index.ts";
import { assertHolds } from "./support/images.ts";
import { Workplace } from "./support/workplace.ts";

const MB = 1_000_000;
const KILLS = 8;
/**
 * What the kernel holds between the link and a process that is killed is lost, and on a busy machine that is most of
 * two sockets' buffers. Without going on, ten megabytes would be lost each time.
 */
const IN_FLIGHT = 4 * MB;
const SEED = Number(process.env.SLIPWAY_TEST_SEED ?? 20261122);

/** The same numbers between 0 and 1 for the same seed. https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function* random(seed: number): Generator<number, never> {
  for (let state = seed % 2147483647; ; ) {
    state = (state * 48271) % 2147483647;
    yield state / 2147483647;
  }
}

test(`killed ${KILLS} times at random moments, a copy to three registries reads the source once`, async (context) => {
  context.diagnostic(`SLIPWAY_TEST_SEED=${SEED}`);
  await using source = await startRegistry({ storage: "disk" });
  await using link = await startLink({ port: Number(source.host.split(":")[1]), bandwidth: 40 * MB });
  await using one = await startDockerRegistry();
  await using two = await startDockerRegistry();
  await using three = await startRegistry({ storage: "disk" });
  const layers = [50, 40, 30, 0.1].map((size) => ({ seed: `layer of ${size}`, bytes: size * MB }));
  const image = await randomImage({ seed: "going on", layers });
  await source.put("team/large", image, "v1");
  await using workplace = await Workplace.with();
  const destinations = [one, two, three].map(({ host }) => `${host}/team/large`);
  const copy = ["copy", `${link.host}/team/large:v1`, ...destinations];

  const moments = random(SEED);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const before = link.bytesDown;
    const running = workplace.start(copy);
    // not before it has begun: a process that has done nothing loses nothing
    for (let waited = 0; link.bytesDown === before && waited < 20_000; waited += 5) await sleep(5);
    await sleep(moments.next().value * 500);
    running.kill("SIGKILL");
    await running.ended;
  }
  const ended = await workplace.slipway(copy);
  assert.equal(ended.code, 0, ended.stderr);
  for (const { host } of [one, two, three]) await assertHolds({ host, repository: "team/large" }, { v1: image });
  const ratio = link.bytesDown / blobBytes(image);
  context.diagnostic(`${ratio.toFixed(3)} times the image was read`);
  assert.ok(ratio <= 1 + (KILLS * IN_FLIGHT) / blobBytes(image), `${ratio}`);
  assert.deepEqual(await workplace.filesBelow("cache/runs"), []);
  assert.deepEqual(await workplace.filesBelow("cache/kept"), []);
});

test("what a failed run has read the next one need not read, and cache info and prune know it", async () => {
  await using source = await startRegistry();
  await using one = await startRegistry();
  const image = await randomImage({ seed: "left", layers: [{ seed: "left", bytes: 5 * MB }] });
  await source.put("team/app", image, "v1");
  await using workplace = await Workplace.with();
  await using two = await startRegistry();
  two.faults.add({ method: "PUT", kind: "upload", effect: { kind: "status", status: 403 } });
  const copy = ["copy", `${source.host}/team/app:v1`, `${one.host}/team/app`, `${two.host}/team/app`, "--retries", "0"];

  const info = async () => JSON.parse((await workplace.slipway(["cache", "info", "--json"])).stdout);
  assert.deepEqual((await info()).kept, { files: 0, bytes: 0 });
  assert.notEqual((await workplace.slipway(copy)).code, 0);
  const { kept, inUse, limit, folder } = await info();
  // the layer, and where its upload goes on
  assert.equal(kept.files, 2);
  assert.ok(kept.bytes >= 5 * MB, `${kept.bytes}`);
  assert.deepEqual([inUse, limit, folder], [{ processes: 0, bytes: 0 }, 10_000_000_000, workplace.path("cache")]);
  assert.match(
    (await workplace.slipway(["cache", "info"])).stdout,
    /left for later runs +5\.\d MB, files: 2, the oldest of 20/,
  );

  const before = source.requests.bytesOut("GET", "blob");
  await using back = await startRegistry();
  const elsewhere = [...copy.slice(0, 2), `${back.host}/team/app`];
  assert.equal((await workplace.slipway(elsewhere)).code, 0);
  assert.equal(back.tags("team/app").v1, image.root.digest);
  const again = source.requests.bytesOut("GET", "blob") - before;
  assert.ok(again < 10_000, `${again} bytes were read again`);
  assert.equal((await info()).kept.files, 1);
  assert.match((await workplace.slipway(["cache", "prune"])).stdout, /^\d+ B deleted, files: 1\n$/);
  assert.equal((await workplace.slipway(["cache", "prune"])).stdout, "there was nothing to delete\n");
  const third = await randomImage({ seed: "third", layers: [{ seed: "third", bytes: 5 * MB }] });
  await source.put("team/app", third, "v1");
  assert.notEqual((await workplace.slipway(copy)).code, 0);
  assert.match(
    (await workplace.slipway(["cache", "prune", "--lang", "zh-CN"])).stdout,
    /^已删除 2 个文件，共 5\.\d MB\n$/,
  );
  assert.notEqual((await workplace.slipway([...copy, "--force", "--cache-limit", "0"])).code, 0);
  assert.deepEqual((await info()).kept, { files: 0, bytes: 0 });

  for (const [args, env] of [
    [["cache", "info", "--cache-limit", "much"], {}],
    [["cache", "info"], { SLIPWAY_CACHE_LIMIT: "much" }],
  ] as const) {
    const refused = await workplace.slipway(args, { env });
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /does not take much/);
  }
});
