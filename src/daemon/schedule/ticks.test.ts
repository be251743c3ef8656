import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Schedule } from "../../config/schedule.ts";
import { lastTick, nextTick } from "./ticks.ts";

const at = (text: string) => Date.parse(text);
const every = (milliseconds: number): Schedule => ({ kind: "every", every: milliseconds });
const cron = (text: string, timeZone = "Europe/Berlin"): Schedule => ({ kind: "cron", cron: text, timeZone });

/** The ticks after `from` up to `to`. */
function ticks(schedule: Schedule, from: string, to: string): readonly string[] {
  const found: string[] = [];
  for (let tick = nextTick(schedule, at(from)); tick !== undefined && tick <= at(to); tick = nextTick(schedule, tick)) {
    found.push(new Date(tick).toISOString().replace(":00.000Z", ""));
  }
  return found;
}

const SPRING = ["2026-03-28T23:30:00Z", "2026-03-29T03:00:00Z"] as const;
const AUTUMN = ["2026-10-24T23:30:00Z", "2026-10-25T03:00:00Z"] as const;

test("ticks of an interval are the same whenever one asks", () => {
  assert.equal(nextTick(every(1000), 2500), 3000);
  assert.equal(nextTick(every(1000), 3000), 4000);
  assert.equal(lastTick(every(1000), 3000), 3000);
  assert.equal(lastTick(every(1000), 2999), 2000);
});

test("F34: where clocks change, a time of day comes once, and what comes often goes on", () => {
  const rows: readonly (readonly [
    schedule: Schedule,
    span: typeof SPRING | typeof AUTUMN,
    ticks: readonly string[],
  ])[] = [
    // 02:30 does not exist: right after the gap
    [cron("30 2 * * *"), SPRING, ["2026-03-29T01:00"]],
    // 02:30 comes twice
    [cron("30 2 * * *"), AUTUMN, ["2026-10-25T00:30"]],
    [cron("30 1,2 * * *"), AUTUMN, ["2026-10-25T00:30"]],
    [cron("0 * * * *"), SPRING, ["2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00", "2026-03-29T03:00"]],
    [cron("0 * * * *"), AUTUMN, ["2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00", "2026-10-25T03:00"]],
    [cron("30 2 * * *", "UTC"), SPRING, ["2026-03-29T02:30"]],
  ];
  for (const [schedule, [from, to], expected] of rows) assert.deepEqual(ticks(schedule, from, to), expected);
});

test("a day of the week and a month are asked for in the schedule's own time zone", () => {
  const midnight = cron("0 0 * * 1", "Asia/Shanghai");
  assert.equal(nextTick(midnight, at("2026-11-27T00:00:00Z")), at("2026-11-29T16:00:00Z"));
  assert.equal(lastTick(midnight, at("2026-11-29T16:00:00Z")), at("2026-11-29T16:00:00Z"));
  assert.equal(lastTick(midnight, at("2026-11-29T15:59:59.999Z")), at("2026-11-22T16:00:00Z"));
});

test("a day that never comes has no tick", () => {
  assert.equal(nextTick(cron("0 0 30 2 *"), at("2026-01-01T00:00:00Z")), undefined);
  assert.equal(lastTick(cron("0 0 30 2 *"), at("2026-01-01T00:00:00Z")), undefined);
});

test("the last tick is the one whose next comes after now, at any instant", () => {
  const schedules = [every(1000), every(1_800_000), cron("*/7 * * * *"), cron("30 2 * * *"), cron("15 30 1-3 * * 0")];
  const instant = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") });
  fc.assert(
    fc.property(fc.constantFrom(...schedules), instant, (schedule, now) => {
      const last = lastTick(schedule, now);
      const next = nextTick(schedule, now);
      assert.ok(last !== undefined && next !== undefined);
      assert.ok(last <= now && now < next, `${last} ${now} ${next}`);
      assert.equal(nextTick(schedule, last), next);
      assert.equal(lastTick(schedule, next), next);
    }),
    { seed: 34, numRuns: 500 },
  );
});
