import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import type { LineShape, MirrorShape, PointShape } from "../src/daemon/api/shapes.ts";
import { byDay } from "../web/dashboard/charts/by-day.ts";
import { eased } from "../web/dashboard/data/eased.ts";
import { hrefOf, parseRoute, type Route } from "../web/dashboard/frame/route.ts";
import { repositoriesOf, repositoryOf, tagOf } from "../web/dashboard/mirror/repositories.ts";
import { choiceOf, chooseMirrors, countHealths } from "../web/dashboard/overview/choose.ts";
import { logText } from "../web/dashboard/run/log-text.ts";

test("an address leads to its page, whatever a mirror is called, and back", () => {
  for (const [hash, route] of [
    ["", { page: "overview" }],
    ["#/", { page: "overview" }],
    ["#/?health=failing", { page: "overview" }],
    ["#/mirrors/app", { page: "mirror", name: "app" }],
    ["#/mirrors/docker.io%2Facme%2Fapp?state=behind", { page: "mirror", name: "docker.io/acme/app" }],
    ["#/runs/0190", { page: "run", id: "0190" }],
    ["#/deliveries", { page: "deliveries" }],
    ["#/settings", { page: "settings" }],
    ["#/mirrors", { page: "unknown" }],
    ["#/mirrors/%E0%A4%A", { page: "unknown" }],
    ["#/runs/a/b", { page: "unknown" }],
    ["#/settings/x", { page: "unknown" }],
  ] as const) {
    assert.deepEqual(parseRoute(hash), route, hash);
  }
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
      for (const route of [
        { page: "mirror", name },
        { page: "run", id: name },
      ] satisfies Route[]) {
        assert.deepEqual(parseRoute(hrefOf(route)), route);
      }
    }),
  );
});

test("a destination's repository is told from its tag and its digest, ports and all", () => {
  for (const [destination, repository, tag] of [
    ["one.example/app:1.2", "one.example/app", "1.2"],
    ["localhost:5000/app:1.2", "localhost:5000/app", "1.2"],
    ["localhost:5000/app", "localhost:5000/app", ""],
    ["localhost:5000/app@sha256:ab", "localhost:5000/app", "sha256:ab"],
  ] as const) {
    assert.deepEqual([repositoryOf(destination), tagOf(destination)], [repository, tag]);
  }
  const row = (destination: string) =>
    ({ tag: "1", destinations: [{ destination, state: "in-step", checkedAt: 0 }] }) as const;
  assert.deepEqual(repositoriesOf(mirror({}), [row("one.example/app:1"), row("old.example/app:1")]), [
    "one.example/app",
    "old.example/app",
  ]);
});

function mirror(changes: Partial<MirrorShape>): MirrorShape {
  return {
    name: "app",
    source: "docker.io/acme/app",
    destinations: ["one.example/app"],
    schedule: {},
    health: "in-step",
    tags: { total: 1, inStep: 1, behind: 0, failed: 0 },
    limits: [],
    targets: { successTarget: 99, lagTarget: 1 },
    ...changes,
  };
}

test("mirrors are counted, found and put in order; nonsense in the address counts as nothing", () => {
  const mirrors = [
    mirror({ name: "a" }),
    mirror({ name: "b", health: "failing", targets: { successTarget: 99, lagTarget: 1, lag: 5 } }),
    mirror({ name: "c", health: "behind", destinations: ["TWO.example/C"] }),
    mirror({ name: "d", targets: { successTarget: 99, lagTarget: 1, lag: 9 } }),
  ];
  assert.deepEqual(countHealths(mirrors), { "in-step": 2, behind: 1, failing: 1, silent: 0, unknown: 0 });
  for (const [query, names] of [
    ["", "abcd"],
    ["health=failing", "b"],
    ["health=dead&order=none&search=", "abcd"],
    ["search=two.EXAMPLE", "c"],
    ["search=docker.io&health=in-step", "ad"],
    ["order=trouble", "bcad"],
    ["order=lag", "dbac"],
  ] as const) {
    const chosen = chooseMirrors(mirrors, choiceOf(new URLSearchParams(query)));
    assert.equal(chosen.map(({ name }) => name).join(""), names, query);
  }
});

test("what runs came to by day: sums, and the greatest lag", () => {
  const noon = new Date(2026, 2, 1, 12).getTime();
  const point = (endedAt: number, more: Partial<PointShape> = {}): PointShape => ({
    id: String(endedAt),
    endedAt,
    state: "done",
    seconds: 1,
    bytesWritten: 10,
    copied: 1,
    failed: 0,
    ...more,
  });
  const day = 24 * 3_600_000;
  assert.deepEqual(byDay([]), []);
  assert.deepEqual(
    byDay([point(noon, { lag: 5 }), point(noon + 1, { lag: 7, state: "partial" }), point(noon + 1.5 * day)]),
    [
      { at: noon + 1.5 * day, runs: 1, failed: 0, bytesWritten: 10 },
      { at: noon, runs: 2, failed: 1, bytesWritten: 20, lag: 7 },
    ],
  );
});

test("a log as text has each error, and what to do about it, below its line", () => {
  const line: LineShape = { number: 1, at: 0, level: "info", text: "begun" };
  const error = { code: "DENIED", message: "no", hint: "ask", retryable: false };
  assert.equal(
    logText([line, { ...line, level: "error", text: "failed", error }]),
    "1970-01-01T00:00:00.000Z info  begun\n1970-01-01T00:00:00.000Z error failed\n  DENIED: no\n  ask\n",
  );
});

test("what is wanted faster than it can be done is done one at a time, and once more at the end", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const begun: PromiseWithResolvers<void>[] = [];
  const task = eased(() => {
    const one = Promise.withResolvers<void>();
    begun.push(one);
    return one.promise;
  }, 1000);
  const endLast = async () => {
    begun.at(-1)?.resolve();
    await setImmediate();
  };
  for (let times = 0; times < 50; times++) task.want();
  assert.equal(begun.length, 1);
  await endLast();
  mock.timers.tick(999);
  assert.equal(begun.length, 1);
  mock.timers.tick(1);
  assert.equal(begun.length, 2);
  await endLast();
  mock.timers.tick(1000);
  assert.equal(begun.length, 2);
  task.want();
  task.want();
  assert.equal(begun.length, 3);
  task.stop();
  await endLast();
  mock.timers.tick(5000);
  task.want();
  assert.equal(begun.length, 3);
});
