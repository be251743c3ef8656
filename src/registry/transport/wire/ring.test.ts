import assert from "node:assert/strict";
import { test } from "node:test";
import { Ring } from "./ring.ts";

test("a reader that asks before it goes on never makes a fifth buffer", () => {
  const ring = new Ring(1024);
  const all = new Set([ring.take()]);
  const busy: Uint8Array[] = [];
  let current = [...all][0] ?? new Uint8Array(0);
  for (let reads = 0; reads < 1000; reads += 1) {
    busy.push(current);
    const pause = ring.isShort;
    current = ring.take();
    all.add(current);
    // the reader stands still until the receiver is done with one
    while (pause && busy.length > 2) ring.give(busy.shift() ?? new Uint8Array(0));
  }
  assert.equal(all.size, 4);
});
