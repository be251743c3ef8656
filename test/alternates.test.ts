import assert from "node:assert/strict";
import { test } from "node:test";
import { randomImage, startRegistry } from "../src/testing/index.ts";
import { Workplace } from "./support/workplace.ts";

test("a mirror whose source is out of reach is served by the source's alternate", async () => {
  await using mirror = await startRegistry();
  await using destination = await startRegistry();
  const image = await randomImage({ seed: "alternate" });
  await mirror.put("hub/team/app", image, "v1");
  await using workplace = await Workplace.with({
    "slipway.yaml": `version: 1
mirrors:
  - from: 127.0.0.1:1/team/app
    to: ${destination.host}/team/app
hosts:
  127.0.0.1:1: { tls: false, alternates: ${mirror.host}/hub }
`,
  });
  const ended = await workplace.slipway(["sync"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.equal(destination.tags("team/app").v1, image.root.digest);
});

test("--limit-rate holds, and takes only a rate", async () => {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const image = await randomImage({ seed: "slow", layers: [{ seed: "slow", bytes: 3_000_000 }] });
  await source.put("team/app", image, "v1");
  await using workplace = await Workplace.with();
  const copy = (rate: string) => [
    "copy",
    `${source.host}/team/app:v1`,
    `${destination.host}/team/app`,
    "--limit-rate",
    rate,
  ];
  const refused = await workplace.slipway(copy("fast"));
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /--limit-rate does not take fast/);
  const started = performance.now();
  const ended = await workplace.slipway(copy("2MB/s"));
  assert.equal(ended.code, 0, ended.stderr);
  assert.ok(performance.now() - started > 1350);
  assert.equal(destination.tags("team/app").v1, image.root.digest);
});
