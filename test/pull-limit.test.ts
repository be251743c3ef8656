import assert from "node:assert/strict";
import { test } from "node:test";
import { randomImage, startRegistry } from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

test("a run keeps the last pulls, says so and what is left, and spends them where it is told to", async () => {
  await using source = await startRegistry({ pullLimit: { pulls: 14, windowSeconds: 21_600 } });
  await using destination = await startRegistry();
  for (let tag = 1; tag <= 6; tag += 1) {
    await source.put("team/app", await randomImage({ seed: `v${tag}`, layers: [] }), `v${tag}`);
  }
  await using workplace = await Workplace.with({
    "slipway.yaml": `version: 1
mirrors:
  - { from: ${source.host}/team/app, to: ${destination.host}/team/app, referrers: false }
hosts:
  ${source.host}: { keepPulls: 11 }
`,
  });
  const kept = await workplace.slipway(["sync", "--report", "report.json"]);
  assert.equal(kept.code, 3, kept.stderr);
  assert.match(kept.stderr, /has 11 of 14 pulls left, which are kept/);
  assert.match(kept.stderr, /--keep-pulls 0/);
  assert.match(kept.stderr, /11 of 14 pulls left\n/);
  assert.equal(Object.keys(destination.tags("team/app")).length, 3);
  const report = JSON.parse(await workplace.read("report.json"));
  assert.deepEqual(report.allowances, [{ host: source.host, limit: 14, remaining: 11, windowSeconds: 21_600 }]);

  const spent = await workplace.slipway(["sync", "--keep-pulls", "0"]);
  assert.equal(spent.code, 0, spent.stderr);
  assert.equal(Object.keys(destination.tags("team/app")).length, 6);
  const refused = await workplace.slipway(["sync", "--keep-pulls", "few"]);
  assert.equal(refused.code, 2);
});
