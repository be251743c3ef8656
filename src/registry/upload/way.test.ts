import assert from "node:assert/strict";
import { test } from "node:test";
import type { UploadRule } from "../hosts/rule.ts";
import { wayAfterCut } from "./way.ts";

const KiB = 1024;
const MiB = 1024 * KiB;
const whole: UploadRule = { way: "whole" };

for (const [distance, bytes] of [
  [0, MiB],
  [100 * KiB, MiB],
  [4 * MiB - 1, MiB],
  [4 * MiB, 2 * MiB],
  [20 * MiB, 8 * MiB],
  [10_000 * MiB, 64 * MiB],
] as const) {
  test(`a cut after ${distance} bytes leads to chunks of ${bytes}`, () =>
    assert.deepEqual(wayAfterCut(whole, distance), { way: "chunks", bytes, alone: true }));
}

test("chunks only become smaller", () => {
  const small = wayAfterCut(whole, 4 * MiB);
  assert.deepEqual(wayAfterCut(small, 100 * MiB), small);
  assert.deepEqual(wayAfterCut({ way: "chunks", bytes: MiB / 2 }, 100 * MiB), {
    way: "chunks",
    bytes: MiB / 2,
    alone: true,
  });
});

test("a host that takes no pieces is sent none", () => {
  assert.deepEqual(wayAfterCut({ way: "only-whole" }, 4 * MiB), { way: "only-whole" });
});
