import assert from "node:assert/strict";
import { test } from "node:test";
import { type GitHubFault, type GitHubOperation, startGitHub, type TestGitHub } from "../testing/index.ts";
import { live } from "./simulation/life.ts";
import { SMALL, WITH_OPTIONAL } from "./simulation/scenario.ts";
import { goThrough } from "./simulation/story.ts";
import { World } from "./simulation/world.ts";

const CUT: GitHubFault = { kind: "cut-after" };
const STARTER: GitHubFault = { kind: "starter" };
const UNAVAILABLE: GitHubFault = { kind: "status", status: 502 };
const HALF: GitHubFault = { kind: "cut-answer", afterBytes: 20 };

/** What goes wrong once, and how often GitHub then sees what each effect asks. */
const LOST: readonly {
  readonly what: string;
  readonly operation: GitHubOperation;
  readonly fault: GitHubFault;
  readonly sees: Readonly<Partial<Record<GitHubOperation, number>>>;
}[] = [
  {
    what: "creating is answered by a cut",
    operation: "repos/create-release",
    fault: CUT,
    sees: { "repos/create-release": 1 },
  },
  {
    what: "half of the answer to creating arrives",
    operation: "repos/create-release",
    fault: HALF,
    sees: { "repos/create-release": 1 },
  },
  {
    what: "creating is answered by 502, and not done",
    operation: "repos/create-release",
    fault: UNAVAILABLE,
    sees: { "repos/create-release": 2 },
  },
  {
    what: "an upload is answered by a cut",
    operation: "repos/upload-release-asset",
    fault: CUT,
    sees: { "repos/upload-release-asset": 1, "repos/delete-release-asset": 0 },
  },
  {
    what: "F36: an upload is answered by 502 and leaves an empty asset",
    operation: "repos/upload-release-asset",
    fault: STARTER,
    sees: { "repos/upload-release-asset": 2, "repos/delete-release-asset": 1 },
  },
  {
    what: "other bytes than were sent are kept",
    operation: "repos/upload-release-asset",
    fault: { kind: "wrong-bytes" },
    sees: { "repos/upload-release-asset": 2, "repos/delete-release-asset": 1 },
  },
  {
    what: "F37: publishing is answered by a cut",
    operation: "repos/update-release",
    fault: CUT,
    sees: { "repos/create-release": 1 },
  },
  {
    what: "publishing is answered by 502, and not done",
    operation: "repos/update-release",
    fault: UNAVAILABLE,
    sees: { "repos/update-release": 2 },
  },
];

for (const { what, operation, fault, sees } of LOST) {
  test(`${what}: the same run ends with one release`, async () => {
    await inWorld(SMALL, async (world, server) => {
      const armed = server.faults.add({ operation, times: 1, fault });
      const machine = await world.machine();
      await goThrough(world, machine);
      assert.equal(armed.hits, 1);
      const seen = Object.keys(sees).map((name) => [
        name,
        [...server.requests].filter((one) => one.operation === name).length,
      ]);
      assert.deepEqual(Object.fromEntries(seen), sees);
      assert.deepEqual((await goThrough(world, machine)).effects, []);
      assert.deepEqual(world.breaches, []);
    });
  });
}

test("F36: uploads that always end in 502 leave a draft, which the next run goes on with", async () => {
  await inWorld(SMALL, async (world, server) => {
    const armed = server.faults.add({ operation: "repos/upload-release-asset", fault: STARTER });
    const machine = await world.machine();
    const first = await live(world, machine);
    assert.equal(first.end.kind === "failed" && first.end.error.retryable, true);
    assert.deepEqual(
      server.releases.map(({ draft }) => draft),
      [true],
    );
    assert.deepEqual(
      world.shelves.map(({ tags }) => [...tags.keys()]),
      [["1.2.3"]],
    );
    armed.remove();
    const second = await goThrough(world, await world.machine());
    assert.deepEqual(kindsOf(second.effects), ["delete-asset", "upload-asset", "publish", "put-manifest"]);
    assert.equal(server.requests.count("repos/create-release"), 1);
    assert.deepEqual(world.breaches, []);
  });
});

test("a required registry that is down keeps everything at GitHub from happening; the next run goes on with the same image", async () => {
  await inWorld(WITH_OPTIONAL, async (world, server) => {
    const two = shelf(world, "two");
    two.isDown = true;
    const first = await live(world, await world.machine());
    assert.equal(first.end.kind === "failed" && first.end.error.code, "PUBLISH_INCOMPLETE");
    assert.equal(first.end.kind === "failed" && first.end.error.retryable, true);
    assert.deepEqual(server.requests.writes(), []);
    assert.deepEqual(
      world.shelves.map(({ tags }) => [...tags.keys()]),
      [["1.2.3"], [], ["1.2.3"]],
    );
    two.isDown = false;
    const second = await goThrough(world, await world.machine());
    assert.equal(kindsOf(second.effects).includes("build"), false);
    assert.deepEqual(world.breaches, []);
  });
});

test("an optional registry that is down is passed over; the next run brings the image there and names it in the release", async () => {
  await inWorld(WITH_OPTIONAL, async (world, server) => {
    const optional = shelf(world, "optional");
    optional.isDown = true;
    const machine = await world.machine();
    const first = await live(world, machine);
    assert.equal(first.end.kind, "ended");
    const failed = first.steps.flatMap((step) =>
      step.status === "failed" ? [[step.step, step.subject, step.tolerated]] : [],
    );
    assert.deepEqual(failed, [
      ["preflight", "optional", true],
      ["push", "optional", true],
    ]);
    assert.deepEqual(
      server.releases.map(({ draft }) => draft),
      [false],
    );
    optional.isDown = false;
    const second = await goThrough(world, machine);
    assert.deepEqual(kindsOf(second.effects), ["put-blob", "put-blob", "put-manifest", "edit-release", "put-manifest"]);
    assert.match(server.releases[0]?.body ?? "", new RegExp(`${optional.repository}@${world.pinned}`));
    assert.deepEqual(world.breaches, []);
  });
});

test("a run while an optional registry is down takes nothing out of a release that names it", async () => {
  await inWorld(WITH_OPTIONAL, async (world, server) => {
    const machine = await world.machine();
    await goThrough(world, machine);
    const [before] = server.releases;
    shelf(world, "optional").isDown = true;
    const second = await live(world, machine);
    assert.equal(second.end.kind, "ended");
    assert.deepEqual(second.effects, []);
    assert.equal(server.releases[0]?.body, before?.body);
  });
});

test("the primary registry is down: what can be built again with the same digest is built, and nothing is released", async () => {
  await inWorld(WITH_OPTIONAL, async (world, server) => {
    const one = shelf(world, "one");
    one.isDown = true;
    const first = await live(world, await world.machine());
    assert.equal(first.end.kind === "failed" && first.end.error.code, "PUBLISH_INCOMPLETE");
    assert.deepEqual(server.requests.writes(), []);
    one.isDown = false;
    await goThrough(world, await world.machine());
    assert.deepEqual(world.breaches, []);
  });
});

for (const required of [true, false]) {
  test(`a ${required ? "required" : "optional"} registry that takes a push and serves nothing is found out`, async () => {
    await inWorld(WITH_OPTIONAL, async (world, server) => {
      const hiding = shelf(world, required ? "two" : "optional");
      hiding.hides = true;
      const machine = await world.machine();
      const first = await live(world, machine);
      if (required) {
        assert.notEqual(first.end.kind, "ended");
        assert.deepEqual(server.requests.writes(), []);
      } else {
        assert.equal(first.end.kind, "ended");
        assert.equal(server.releases[0]?.body?.includes(hiding.repository), false);
      }
      hiding.hides = false;
      await goThrough(world, machine);
      assert.deepEqual(world.breaches, []);
    });
  });
}

async function inWorld(
  scenario: typeof SMALL,
  work: (world: World, server: TestGitHub) => Promise<void>,
): Promise<void> {
  await using server = await startGitHub();
  await using world = await World.of(scenario, server);
  await work(world, server);
}

function shelf(world: World, name: string) {
  const found = world.shelves.find((one) => one.name === name);
  assert.ok(found !== undefined);
  return found;
}

function kindsOf(effects: readonly string[]): readonly (string | undefined)[] {
  return effects.map((effect) => effect.split(" ")[0]);
}
