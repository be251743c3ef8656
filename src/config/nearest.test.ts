import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestOf } from "./nearest.ts";

const KEYS = ["version", "name", "registries", "mirrors", "hosts"];

for (const [word, nearest] of [
  ["mirors", "mirrors"],
  ["Mirrors", "mirrors"],
  ["registry", "registries"],
  ["host", "hosts"],
  ["names", "name"],
] as const) {
  test(`${word} is nearest to ${nearest}`, () => assert.equal(nearestOf(word, KEYS), nearest));
}

test("nothing is nearest to anything among none", () => assert.equal(nearestOf("x", []), undefined));

test("nothing is nearest to what is like none", () => {
  for (const word of ["frobnicate", "x", "every"]) assert.equal(nearestOf(word, [...KEYS, "to"]), undefined, word);
});
