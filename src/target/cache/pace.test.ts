import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "./pace.ts";

const SPAN = 1000;

/** How long the source is held back, in milliseconds. */
async function heldBack(pace: Pace, written: number): Promise<number> {
  const since = performance.now();
  await pace.wait(written);
  return performance.now() - since;
}

test("a source that is near all of its readers, or has none, does not wait", () => {
  const pace = new Pace(SPAN);
  assert.equal(pace.wait(5000), undefined);
  const [one, two] = [pace.reader(0), pace.reader(0)];
  assert.equal(pace.wait(500), undefined);
  one.reached(4700);
  two.reached(4600);
  assert.equal(pace.wait(5000), undefined);
});

test("it goes on as soon as the fastest reader comes, or the last one leaves", async () => {
  for (const move of ["reached", "leave"] as const) {
    const pace = new Pace(SPAN);
    const reader = pace.reader(0);
    const wait = pace.wait(5000);
    assert.ok(wait !== undefined);
    const since = performance.now();
    reader[move](4500);
    await wait;
    assert.ok(performance.now() - since < 100);
  }
});

test("it does not stand still where no reader moves", async () => {
  const pace = new Pace(SPAN);
  pace.reader(0);
  const held = await heldBack(pace, 5000);
  assert.ok(held > 100 && held < 2000, `${held} ms`);
});

test("a slower reader costs it little, and one that has fallen behind nothing", async () => {
  const pace = new Pace(SPAN);
  const [fast, slow] = [pace.reader(0), pace.reader(0)];
  let held = 0;
  for (let written = 1000; written <= 20_000; written += 100) {
    fast.reached(written);
    slow.reached(Math.max(0, written - 800));
    held += await heldBack(pace, written);
  }
  assert.ok(held > 100 && held < 1500, `${held} ms`);
  fast.reached(50_000);
  assert.equal(pace.wait(50_000), undefined);
});

test("readers that are to come are waited for once, at the beginning", async () => {
  const pace = new Pace(SPAN);
  pace.expected = 2;
  pace.reader(0).reached(900);
  const held = await heldBack(pace, 900);
  assert.ok(held > 100 && held < 2000, `${held} ms`);
  assert.equal(pace.wait(950), undefined);
});
