import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schedule } from "../../config/schedule.ts";
import type { TagSummary } from "../../store/records.ts";
import { sampleDaemon } from "../alarms/sample-daemon.ts";
import { healthOf, type Known, silenceOf } from "./health.ts";
import { intervalOf } from "./interval.ts";
import { successRateOf } from "./mirror-state.ts";
import { StatusWatch } from "./watch.ts";

const NOW = Date.UTC(2026, 0, 9, 12);
const HOUR = 3_600_000;
const tags = (total: number, behind: number, failed: number): TagSummary => ({
  total,
  behind,
  failed,
  inStep: total - behind - failed,
});
const known = (more: Partial<Known>): Known => ({ since: NOW - 10 * HOUR, now: NOW, silence: HOUR, ...more });
const succeeded = { mirror: "a", lastState: "done", lastSuccessAt: NOW - 60_000 } as const;

const healths: readonly (readonly [string, Known, string])[] = [
  ["never looked at, on demand alone", known({ silence: undefined }), "unknown"],
  ["never looked at, though it is scheduled", known({}), "silent"],
  ["never looked at, known for a minute", known({ since: NOW - 60_000 }), "unknown"],
  ["all compared and the same", known({ record: succeeded, tags: tags(3, 0, 0) }), "in-step"],
  ["one tag behind, though the last run went well", known({ record: succeeded, tags: tags(3, 1, 0) }), "behind"],
  [
    "one tag failed, though most went well",
    known({ record: { ...succeeded, lastState: "partial" }, tags: tags(99, 0, 1) }),
    "failing",
  ],
  ["the last run failed", known({ record: { ...succeeded, lastState: "failed" }, tags: tags(3, 0, 0) }), "failing"],
  [
    "in step, but long ago",
    known({ record: { ...succeeded, lastSuccessAt: NOW - 2 * HOUR }, tags: tags(3, 0, 0) }),
    "silent",
  ],
  ["compared, and there was nothing to have", known({ record: succeeded }), "in-step"],
  [
    "cancelled before anything was compared",
    known({ record: { mirror: "a", lastState: "cancelled" }, silence: undefined }),
    "unknown",
  ],
];

for (const [name, facts, expected] of healths) {
  test(`a mirror is ${expected}: ${name}`, () => {
    assert.equal(healthOf(facts), expected);
  });
}

const every: Schedule = { kind: "every", every: 10 * 60_000 };

test("a mirror may be silent for three of its intervals, at least an hour, or as long as is configured", () => {
  assert.equal(silenceOf(undefined, undefined, HOUR), undefined);
  assert.equal(silenceOf(every, 10 * 60_000, undefined), HOUR);
  assert.equal(silenceOf(every, 24 * HOUR, undefined), 72 * HOUR);
  assert.equal(silenceOf(every, 24 * HOUR, 5 * HOUR), 5 * HOUR);
});

const intervals: readonly (readonly [string, Schedule, number | undefined])[] = [
  ["every ten minutes", every, 10 * 60_000],
  ["daily", { kind: "cron", cron: "0 3 * * *", timeZone: "UTC" }, 24 * HOUR],
  ["on weekdays, over a weekend", { kind: "cron", cron: "0 9 * * 1-5", timeZone: "Asia/Shanghai" }, 72 * HOUR],
  ["once more", { kind: "cron", cron: "0 0 0 31 12 * 2026", timeZone: "UTC" }, undefined],
];

for (const [name, schedule, expected] of intervals) {
  test(`the longest interval of a schedule: ${name}`, () => {
    assert.equal(intervalOf(schedule, NOW), expected);
    assert.equal(intervalOf(schedule, NOW + 60_000), expected);
  });
}

test("success counts the runs that went well, of those that nobody cancelled", () => {
  const counts = Object(null);
  assert.equal(successRateOf(undefined), undefined);
  assert.equal(successRateOf({ states: { cancelled: 4 }, counts }), undefined);
  assert.equal(successRateOf({ states: { done: 3, partial: 1, cancelled: 9 }, counts }), 75);
  assert.equal(successRateOf({ states: { failed: 1 }, counts }), 0);
});

test("the store is asked once for all who ask at about the same time, until something has changed", async () => {
  await using busy = await sampleDaemon("mirrors: []", NOW);
  const { summaries } = busy.store.tags;
  let asked = 0;
  const counted: typeof summaries = (since) => {
    asked += 1;
    return summaries.call(busy.store.tags, since);
  };
  busy.store.tags.summaries = counted;
  const watch = new StatusWatch(busy.control, 2000);
  await Promise.all(Array.from({ length: 50 }, () => watch.states()));
  assert.equal(asked, 1);
  busy.now += 2000;
  await watch.states();
  assert.equal(asked, 2);
  busy.store.tags.summaries = () => Promise.reject(new Error("no store"));
  busy.now += 2000;
  await assert.rejects(watch.states());
  busy.store.tags.summaries = counted;
  await watch.states();
  const before = asked;
  await watch.states();
  assert.equal(asked, before);
  watch.forget();
  await watch.states();
  assert.equal(asked, before + 1);
});
