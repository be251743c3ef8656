import assert from "node:assert/strict";
import { test } from "node:test";
import { zipOf } from "../source/unpack/test-support.ts";
import { startGitHub } from "../testing/index.ts";
import { live } from "./simulation/life.ts";
import { large, type Scenario, SMALL, WITH_OPTIONAL } from "./simulation/scenario.ts";
import { goThrough } from "./simulation/story.ts";
import { World } from "./simulation/world.ts";

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "one registry": SMALL,
  "an optional registry": WITH_OPTIONAL,
  "a package, two platforms, two registries": large(zipOf([{ name: "run", content: "the program" }])),
};

for (const [what, scenario] of Object.entries(SCENARIOS)) {
  for (const immutableReleases of [false, true]) {
    test(`a release, and again: ${what}${immutableReleases ? ", immutable" : ""}`, async () => {
      await using server = await startGitHub({ immutableReleases });
      await using world = await World.of(scenario, server);
      const machine = await world.machine();
      await goThrough(world, machine);
      for (const place of [machine, await world.machine()]) {
        const again = await goThrough(world, place);
        assert.deepEqual(again.effects, []);
        const done = again.steps.filter(({ step, status }) => status !== "skipped" && !CHECKS.includes(step));
        assert.deepEqual(
          done.map(({ step, subject }) => [step, subject]),
          [],
        );
      }
      assert.deepEqual(
        server.releases.map(({ immutable }) => immutable),
        [immutableReleases],
      );
      assert.deepEqual(world.breaches, []);
    });
  }
}

/** Steps that look, or sum up what was looked at. */
const CHECKS = ["preflight", "push", "compare"];

test("another commit does not get the version", async () => {
  await using server = await startGitHub();
  await using world = await World.of(SMALL, server);
  const machine = await world.machine();
  await goThrough(world, machine);
  server.commit();
  const { end, effects, steps } = await live(world, machine);
  assert.equal(end.kind === "failed" && end.error.code, "VERSION_TAKEN");
  assert.deepEqual(effects, []);
  assert.deepEqual(
    steps.map(({ step, status }) => [step, status]),
    [["preflight", "failed"]],
  );
  assert.deepEqual(world.breaches, []);
});
