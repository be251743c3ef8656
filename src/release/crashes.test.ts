import assert from "node:assert/strict";
import { test } from "node:test";
import { zipOf } from "../source/unpack/test-support.ts";
import { startGitHub } from "../testing/index.ts";
import { brokenIn, lifeAfter } from "./simulation/broken-in.ts";
import { large } from "./simulation/scenario.ts";
import { pointsOf } from "./simulation/story.ts";

test("F29: a release that is killed at any effect goes on", async () => {
  const scenario = large(zipOf([{ name: "run", content: "the program" }]));
  const points = pointsOf(await lifeAfter(startGitHub, scenario, []));
  // unpack and build (a package of this machine is used where it is); at each registry three blobs, two manifests, the index; draft, two assets, publication;
  // latest at each registry
  assert.equal(points.length, 3 * (2 + 2 * 6 + 4 + 2));
  const courses = points.map((point) => ({ crashes: [point], nextMachine: "same" as const }));
  assert.deepEqual(await brokenIn(startGitHub, scenario, courses), []);
});
