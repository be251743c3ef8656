import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentRecord } from "../../store/records.ts";
import { dueDigest } from "./digest.ts";

const HOUR = 3_600_000;

/** When digests are told, by UTC, where somebody looks every so many minutes. */
function told(
  {
    time,
    timeZone,
    from,
    to,
  }: { readonly time: string; readonly timeZone: string; readonly from: string; readonly to: string },
  everyMinutes = 10,
): readonly string[] {
  let known: readonly IncidentRecord[] = [];
  const times: string[] = [];
  for (let now = Date.parse(from); now < Date.parse(to); now += everyMinutes * 60_000) {
    const due = dueDigest(known, { time, timeZone, now });
    if (due?.change.is === undefined) continue;
    known = [due.change.is];
    if (due.period !== undefined) times.push(new Date(due.period.to).toISOString().slice(0, 16));
  }
  return times;
}

const TABLE: readonly (readonly [what: string, where: Parameters<typeof told>[0], told: readonly string[]])[] = [
  [
    "each day at its time",
    { time: "09:00", timeZone: "UTC", from: "2026-03-01T09:30Z", to: "2026-03-04T00:00Z" },
    ["2026-03-02T09:00", "2026-03-03T09:00"],
  ],
  [
    "by the clocks of a time zone",
    { time: "09:00", timeZone: "Asia/Shanghai", from: "2026-03-01T00:30Z", to: "2026-03-03T00:00Z" },
    ["2026-03-01T01:00", "2026-03-02T01:00"],
  ],
  [
    "at midnight",
    { time: "00:00", timeZone: "Asia/Kolkata", from: "2026-02-28T12:00Z", to: "2026-03-02T00:00Z" },
    ["2026-02-28T18:30", "2026-03-01T18:30"],
  ],
  [
    "once when clocks are put forward over it",
    { time: "02:30", timeZone: "Europe/Berlin", from: "2026-03-28T12:00Z", to: "2026-03-30T12:00Z" },
    ["2026-03-29T01:00", "2026-03-30T00:30"],
  ],
  [
    "once when clocks are put back behind it",
    { time: "02:30", timeZone: "Europe/Berlin", from: "2026-10-24T12:00Z", to: "2026-10-26T12:00Z" },
    ["2026-10-25T00:30", "2026-10-26T01:30"],
  ],
];

for (const [what, where, expected] of TABLE) {
  test(`the digest is told ${what}`, () => assert.deepEqual(told(where), expected));
}

test("a digest that was missed is told as soon as somebody looks, and one for all days", () => {
  const note: IncidentRecord = { kind: "digest", subject: "", since: Date.parse("2026-03-01T09:00Z"), times: 4 };
  const now = Date.parse("2026-03-04T15:00Z");
  const due = dueDigest([note], { time: "09:00", timeZone: "UTC", now });
  assert.deepEqual(due, {
    change: { was: note, is: { ...note, since: now, times: 5 } },
    period: { from: note.since, to: now },
  });
});

test("nothing is told of the time before it was turned on", () => {
  const now = Date.parse("2026-03-04T15:00Z");
  const is = { kind: "digest", subject: "", since: now, times: 1 };
  assert.deepEqual(dueDigest([], { time: "09:00", timeZone: "UTC", now }), { change: { is } });
  const old: IncidentRecord = { ...is, since: now - 8 * 24 * HOUR };
  assert.deepEqual(dueDigest([old], { time: "09:00", timeZone: "UTC", now }), {
    change: { was: old, is: { ...is, times: 2 } },
  });
});
