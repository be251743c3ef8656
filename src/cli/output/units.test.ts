import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBytes, formatClock, formatSeconds } from "./units.ts";

test("units: bytes have three digits at most", () => {
  const cases: readonly [number, string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [99_940, "99.9 kB"],
    [99_960, "100 kB"],
    [999_600, "1.0 MB"],
    [1_234_567_890, "1.2 GB"],
    [5e18, "5000 PB"],
  ];
  for (const [bytes, expected] of cases) assert.equal(formatBytes(bytes), expected);
});

test("units: time", () => {
  assert.equal(formatSeconds(0.42), "0.4 s");
  assert.equal(formatSeconds(9.96), "10 s");
  assert.equal(formatSeconds(59.6), "1m 00s");
  assert.equal(formatSeconds(3720), "1h 02m");
  assert.equal(formatClock(9), "0:09");
  assert.equal(formatClock(3661), "1:01:01");
});
