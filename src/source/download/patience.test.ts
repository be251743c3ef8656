import assert from "node:assert/strict";
import { it } from "node:test";
import { backOff, retryAfter } from "./patience.ts";

it("Retry-After is a number of seconds or a date, and one minute at most", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  for (const [header, expected] of [
    ["2", 2000],
    ["0", 0],
    ["86400", 60_000],
    ["Thu, 01 Jan 2026 00:00:05 GMT", 5000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["Fri, 01 Jan 2027 00:00:00 GMT", 60_000],
    ["soon", undefined],
    [undefined, undefined],
  ] as const) {
    assert.equal(retryAfter(header, now), expected, header);
  }
});

it("pauses grow with each failure, and stay below ten seconds", () => {
  for (const [failures, most] of [
    [1, 500],
    [2, 1000],
    [3, 2000],
    [40, 10_000],
  ] as const) {
    const pause = backOff({ attempts: 5, baseMilliseconds: 500 }, failures);
    assert.ok(pause >= most / 2 && pause <= most, `${pause} after ${failures}`);
  }
});
