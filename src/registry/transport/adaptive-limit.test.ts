import assert from "node:assert/strict";
import { test } from "node:test";
import { AdaptiveLimit } from "./adaptive-limit.ts";

const answers = (limit: AdaptiveLimit, count: number, milliseconds: number) => {
  for (let at = 0; at < count; at += 1) limit.answered(milliseconds, true);
};

test("it grows while answers come as fast as ever, to the most that is allowed", () => {
  const limit = new AdaptiveLimit(64);
  assert.equal(limit.value, 8);
  answers(limit, 20, 40);
  assert.equal(limit.value, 28);
  answers(limit, 1000, 40);
  assert.equal(limit.value, 64);
});

test("it does not grow where nobody waits, nor where answers become slow", () => {
  const limit = new AdaptiveLimit(64);
  for (let at = 0; at < 100; at += 1) limit.answered(40, false);
  assert.equal(limit.value, 8);
  const busy = new AdaptiveLimit(64);
  answers(busy, 4, 5);
  answers(busy, 100, 500);
  assert.ok(busy.value < 24, `${busy.value}`);
});

test("it goes on growing where only some answers are slow: that is us", () => {
  const limit = new AdaptiveLimit(64);
  for (let at = 0; at < 100; at += 1) limit.answered(at % 4 === 0 ? 40 : 400, true);
  assert.equal(limit.value, 64);
});

test("a refusal halves it, and from then on it grows by one a round", () => {
  const limit = new AdaptiveLimit(64);
  answers(limit, 100, 40);
  limit.refused();
  assert.equal(limit.value, 32);
  answers(limit, 32, 40);
  assert.ok(limit.value >= 32 && limit.value <= 33);
  for (let at = 0; at < 20; at += 1) limit.refused();
  assert.equal(limit.value, 1);
});

test("one that may not be many starts low", () => {
  assert.equal(new AdaptiveLimit(3).value, 3);
});
