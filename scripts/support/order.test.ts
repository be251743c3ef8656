import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurn, SLOW, slowestFirst } from "./order.ts";
import { SUITES, testFiles } from "./suites.ts";

test("every file runs, once: those that are known to be slow first, then the others as they were", () => {
  const files = ["a.test.ts", SLOW[1] ?? "", "b.test.ts", SLOW[0] ?? ""];
  assert.deepEqual(slowestFirst(files), [SLOW[0], SLOW[1], "a.test.ts", "b.test.ts"]);
});

test("suites are gone through side by side", () => {
  const [many, few] = [
    ["a", "b", "c", "d", "e"],
    ["x", "y"],
  ];
  assert.deepEqual(inTurn([many, few, []]), ["a", "x", "b", "c", "d", "y", "e"]);
});

test("what is known to be slow is there", () => {
  const all = Object.values(SUITES).flatMap(testFiles);
  assert.deepEqual(
    SLOW.filter((file) => !all.includes(file)),
    [],
  );
});
