import assert from "node:assert/strict";
import { test } from "node:test";
import { type GitHubFaultRule, startGitHub } from "../testing/index.ts";
import { lifeAfter } from "./simulation/broken-in.ts";
import type { CrashPoint } from "./simulation/port.ts";
import { GIT_TAG, type Scenario, SMALL, VERSION, WITH_OPTIONAL } from "./simulation/scenario.ts";
import { lyingAt, SEEDED_BUGS, type SeededBug } from "./simulation/seeded-bugs.ts";
import { type StartGitHub, tell } from "./simulation/story.ts";

const TWO: Scenario = { ...WITH_OPTIONAL, builds: "each-life" };

const CRASHES: Readonly<Partial<Record<NonNullable<SeededBug["shownBy"]>, CrashPoint>>> = {
  "crash-after-tag": { effect: `put-manifest one.test/acme/app:${VERSION} #1`, moment: "recorded" },
  "crash-after-draft": { effect: `create-draft ${GIT_TAG} #1`, moment: "recorded" },
};

const FAULTS: Readonly<Partial<Record<NonNullable<SeededBug["shownBy"]>, GitHubFaultRule>>> = {
  "lost-creation": { operation: "repos/create-release", times: 1, fault: { kind: "cut-after" } },
  "lost-upload": { operation: "repos/upload-release-asset", times: 1, fault: { kind: "starter" } },
};

for (const { name, alteration, caughtAs, shownBy = "nothing" } of SEEDED_BUGS) {
  test(`seeded bug: ${name}: ${caughtAs}`, async () => {
    const crash = shownBy === "nothing" ? undefined : CRASHES[shownBy];
    const fault = shownBy === "nothing" ? undefined : FAULTS[shownBy];
    const course = { crashes: crash === undefined ? [] : [crash], nextMachine: "fresh" as const };
    const start = withFault(fault);
    const broken = await tell(start, TWO, { ...course, alteration });
    assert.ok(
      broken.breaches.some(({ rule }) => rule === caughtAs),
      `found instead: ${JSON.stringify(broken.breaches)}`,
    );
    const honest = await tell(start, TWO, course);
    assert.deepEqual(honest.breaches, []);
  });
}

test("a registry that says yes and keeps nothing stops the release, and no breach of order comes of it", async () => {
  const course = { crashes: [], nextMachine: "same" as const, alteration: { target: lyingAt("two") } };
  const { lives, breaches } = await tell(startGitHub, TWO, course);
  const codes = lives.map(({ end }) => (end.kind === "failed" ? end.error.code : end.kind));
  assert.deepEqual(codes, ["DIGEST_NOT_SERVED", "DIGEST_NOT_SERVED"]);
  const kinds = [...new Set(breaches.map(({ rule }) => rule))].sort();
  assert.deepEqual(kinds, ["effects-left", "failed", "not-done"]);
});

test("what was recorded is not what decides: a record that came first, and then a crash, lose nothing", async () => {
  const { effects } = await lifeAfter(startGitHub, SMALL, []);
  for (const effect of effects) {
    const { lives, breaches } = await tell(startGitHub, SMALL, {
      crashes: [{ effect, moment: "recorded" }],
      nextMachine: "same",
      alteration: {
        effects: ({ perform }) => ({
          perform: async (wanted, work) => {
            await perform(wanted, async () => undefined);
            return work();
          },
        }),
      },
    });
    assert.deepEqual(
      lives.map(({ end }) => end.kind),
      ["crashed", "ended", "ended"],
    );
    assert.deepEqual([...new Set(breaches.map(({ rule }) => rule))].sort(), ["not-done", "unrecorded"]);
  }
});

function withFault(fault: GitHubFaultRule | undefined): StartGitHub {
  return async () => {
    const server = await startGitHub();
    if (fault !== undefined) server.faults.add(fault);
    return server;
  };
}
