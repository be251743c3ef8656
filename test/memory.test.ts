import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { blobBytes, randomImage, startDockerRegistry, startRegistry } from "../src/testing/index.ts";
import { assertHolds } from "./support/images.ts";
import { Workplace } from "./support/workplace.ts";

const GIB = 1024 ** 3;
const MOST_RESIDENT_MIB = 200;
/** Each is more than twice what may be resident. */
const LAYERS = ["a", "b", "c"].map((seed) => ({ seed: `memory ${seed}`, bytes: GIB / 2 }));

/** The most memory that a process has had resident so far, in MiB; undefined once it is gone. */
async function peakOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

test(`1.5 GiB to three registries: within ${MOST_RESIDENT_MIB} MiB, and each byte is read once`, async (context) => {
  await using source = await startRegistry({ storage: "disk" });
  await using one = await startDockerRegistry();
  await using two = await startDockerRegistry();
  await using three = await startDockerRegistry();
  const image = await randomImage({ seed: "memory", layers: LAYERS });
  await source.put("team/large", image, "v1");

  await using workplace = await Workplace.with();
  const destinations = [one, two, three].map(({ host }) => `${host}/team/large`);
  const began = performance.now();
  const running = workplace.start(["copy", `${source.host}/team/large:v1`, ...destinations]);
  let isRunning = true;
  const ended = running.ended.finally(() => {
    isRunning = false;
  });
  let peak = 0;
  while (isRunning) {
    peak = (await peakOf(running.pid)) ?? peak;
    await sleep(50);
  }
  const seconds = (performance.now() - began) / 1000;
  const { code, stderr } = await ended;
  context.diagnostic(`${seconds.toFixed(1)} s, ${peak.toFixed(0)} MiB`);
  assert.equal(code, 0, stderr);
  for (const { host } of [one, two, three]) await assertHolds({ host, repository: "team/large" }, { v1: image });
  assert.equal(source.requests.bytesOut("GET", "blob"), blobBytes(image));
  assert.ok(peak > 0 && peak < MOST_RESIDENT_MIB, `${peak} MiB were resident`);
  assert.deepEqual(await workplace.filesBelow("cache"), []);
});
