import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { idle } from "./idle.ts";
import { benchServe } from "./main.ts";
import { soak } from "./soak.ts";
import { shareSync } from "./workers.ts";

describe("what the daemon needs can be measured", { concurrency: true }, () => {
  test("idle", async () => {
    const { mirrors, residentMiB, cpuShare } = await idle(3, { settle: 0, measured: 500 });
    assert.equal(mirrors, 3);
    assert.ok(residentMiB > 20 && cpuShare >= 0, `${residentMiB} MiB, ${cpuShare}`);
  });

  test("workers", async () => {
    const [shared] = await shareSync({ tags: 10, latency: 1 }, [1]);
    assert.ok(shared !== undefined && shared.seconds > 0 && shared.cpuSeconds > 0);
    assert.ok(shared.busy > 0 && shared.busy <= 1.01, `${shared.busy}`);
  });

  test("soak", async () => {
    const { quarters, peakMiB, done, faults } = await soak(0.15, 4);
    assert.ok(quarters.length === 4 && quarters.every((quarter) => quarter <= peakMiB), quarters.join(" "));
    assert.ok(faults > 0 && Object.values(done).every((count) => count > 0), JSON.stringify(done));
  });

  test("what is not known is named", async () => {
    await assert.rejects(benchServe(["nothing"]), /there are idle, workers, soak/);
    await assert.rejects(benchServe(["soak", "--minutes", "none"]), /--minutes none/);
  });
});
