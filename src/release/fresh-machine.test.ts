import assert from "node:assert/strict";
import { test } from "node:test";
import { zipOf } from "../source/unpack/test-support.ts";
import { startGitHub } from "../testing/index.ts";
import { brokenIn, lifeAfter } from "./simulation/broken-in.ts";
import { large } from "./simulation/scenario.ts";
import { pointsOf } from "./simulation/story.ts";

test("F29: a release that is killed at any effect goes on on a machine that knows nothing of it", async () => {
  const scenario = large(zipOf([{ name: "run", content: "the program" }]));
  // The journal went with the machine: whether the end of an effect was recorded in it makes no difference.
  const points = pointsOf(await lifeAfter(startGitHub, scenario, [])).filter(({ moment }) => moment !== "recorded");
  assert.equal(points.length, 40);
  const courses = points.map((point) => ({ crashes: [point], nextMachine: "fresh" as const }));
  assert.deepEqual(await brokenIn(startGitHub, scenario, courses), []);
});
