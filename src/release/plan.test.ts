import assert from "node:assert/strict";
import { test } from "node:test";
import { zipOf } from "../source/unpack/test-support.ts";
import { startGitHub, type TestGitHub } from "../testing/index.ts";
import { type PlannedStep, planRun, type Scope } from "./plan.ts";
import { remarkText } from "./remark.ts";
import type { Run } from "./run.ts";
import { live } from "./simulation/life.ts";
import { NO_EFFECTS } from "./simulation/samples.ts";
import { large, type Scenario, SMALL, WITH_OPTIONAL } from "./simulation/scenario.ts";
import { World } from "./simulation/world.ts";

const DIGEST = /sha256:[0-9a-f]{64}/g;

interface Setting {
  readonly world: World;
  readonly server: TestGitHub;
  readonly machine: string;
  plan(scope?: Scope): Promise<readonly string[]>;
}

async function inWorld(scenario: Scenario, work: (setting: Setting) => Promise<void>): Promise<void> {
  await using server = await startGitHub();
  await using world = await World.of(scenario, server);
  const machine = await world.machine();
  const plan = async (scope: Scope = "release") => {
    const before = server.requests.writes().length;
    let planned: readonly PlannedStep[] = [];
    const { end, effects } = await live(world, machine, undefined, {
      publish: async (run: Run) => {
        planned = await planRun({ ...run, effects: NO_EFFECTS }, scope, run.outlets);
      },
    });
    assert.deepEqual([end, effects], [{ kind: "ended" }, []]);
    assert.equal(server.requests.writes().length, before, "nothing is written at GitHub");
    return planned.map(showStep);
  };
  await work({ world, server, machine, plan });
  assert.deepEqual(world.breaches, []);
}

function showStep(planned: PlannedStep): string {
  const { step, subject, action } = planned;
  const what = subject === undefined ? step : `${step} (${subject})`;
  if (planned.action === "fail")
    return `${action} ${what}: ${planned.error.code}${planned.tolerated ? ", tolerated" : ""}`;
  return `${action} ${what}: ${remarkText(planned.remark, "en").replaceAll(DIGEST, "DIGEST")}`;
}

test("nothing is there: all of it would be done, and nothing is", () =>
  inWorld(large(zipOf([{ name: "run", content: "x" }])), async ({ world, plan }) => {
    const image = [
      "do download: fetch package-1.2.3.zip",
      "do unpack: unpack it into files",
      "do build: build it with layers, linux/amd64, linux/arm64",
    ];
    const push = ["do push (one): push one.test/acme/app:1.2.3", "do push (two): push two.test/acme/app:1.2.3"];
    const release = ["do publish: make a draft of v1.2.3 at acme/app, attach what matches *.zip, NOTES.md, publish it"];
    const floating = [
      "do floating-tags (one.test/acme/app:latest): move one.test/acme/app:latest to 1.2.3",
      "do floating-tags (two.test/acme/app:latest): move two.test/acme/app:latest to 1.2.3",
    ];
    assert.deepEqual(await plan("build"), image);
    assert.deepEqual(await plan("push"), [...image, ...push]);
    assert.deepEqual(await plan("github-release"), [...image, ...push, ...release]);
    assert.deepEqual(await plan("release"), [...image, ...push, ...release, ...floating]);
    assert.deepEqual(
      world.shelves.map(({ blobs, tags }) => blobs.size + tags.size),
      [0, 0],
    );
  }));

const AFTER: readonly (readonly [what: string, effect: string, lines: readonly string[]])[] = [
  [
    "what was built is kept",
    "build 1.2.3 #1",
    [
      "leave build: DIGEST, built by an earlier run here",
      "do push (one): push one.test/acme/app:1.2.3",
      "do publish: make a draft of v1.2.3 at acme/app, attach what matches files/run, publish it",
      "do floating-tags (one.test/acme/app:latest): move one.test/acme/app:latest to 1.2.3",
    ],
  ],
  [
    "a draft is gone on with",
    "create-draft v1.2.3 #1",
    [
      "leave build: DIGEST exists: one serves it as 1.2.3",
      "leave push (one): one.test/acme/app:1.2.3, DIGEST, was there",
      "do publish: go on with the draft of v1.2.3 at acme/app, and publish it",
      "do floating-tags (one.test/acme/app:latest): move one.test/acme/app:latest to 1.2.3",
    ],
  ],
  [
    "all is there",
    "put-manifest one.test/acme/app:latest #1",
    [
      "leave build: DIGEST exists: one serves it as 1.2.3",
      "leave push (one): one.test/acme/app:1.2.3, DIGEST, was there",
      "leave publish: v1.2.3 is out already: https://github.example.test/acme/app/releases/tag/v1.2.3",
      "leave floating-tags (one.test/acme/app:latest): one.test/acme/app:latest was there",
    ],
  ],
];

for (const [what, effect, lines] of AFTER) {
  test(`after a run that was killed: ${what}`, () =>
    inWorld(SMALL, async ({ world, machine, plan }) => {
      const { end } = await live(world, machine, { effect, moment: "recorded" });
      assert.equal(end.kind, "crashed");
      assert.deepEqual(await plan(), lines);
    }));
}

test("a version of another commit is told as what would stop it", () =>
  inWorld(SMALL, async ({ world, server, machine, plan }) => {
    await live(world, machine);
    server.commit();
    assert.deepEqual(await plan(), ["fail preflight: VERSION_TAKEN"]);
  }));

test("registries that do not answer are told at their places", () =>
  inWorld(WITH_OPTIONAL, async ({ world, plan }) => {
    for (const shelf of world.shelves) shelf.isDown = shelf.name !== "one";
    assert.deepEqual(await plan(), [
      "do build: build it with layers, linux/amd64",
      "do push (one): push one.test/acme/app:1.2.3",
      "fail push (two): HOST_UNREACHABLE",
      "fail push (optional): HOST_UNREACHABLE, tolerated",
      "do publish: make a draft of v1.2.3 at acme/app, attach what matches files/run, publish it",
      "do floating-tags (one.test/acme/app:latest): move one.test/acme/app:latest to 1.2.3",
      "fail floating-tags (two): HOST_UNREACHABLE",
      "fail floating-tags (optional): HOST_UNREACHABLE, tolerated",
    ]);
  }));

test("what was built of another commit does not count", () =>
  inWorld(SMALL, async ({ world, server, machine, plan }) => {
    await live(world, machine, { effect: "build 1.2.3 #1", moment: "recorded" });
    server.commit();
    assert.deepEqual(await plan("build"), ["do build: build it with layers, linux/amd64"]);
  }));
