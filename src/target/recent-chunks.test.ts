import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RecentChunks } from "./recent-chunks.ts";

describe("recent chunks", () => {
  it("are found by their position, as much as is asked for", () => {
    const recent = new RecentChunks(100);
    recent.add(Buffer.from("hello "));
    recent.add(Buffer.from("world"));
    for (const [position, length, expected] of [
      [100, 100, "hello "],
      [102, 2, "ll"],
      [106, 100, "world"],
      [110, 1, "d"],
      [99, 1, undefined],
      [111, 1, undefined],
    ] as const) {
      assert.equal(recent.from(position, length)?.toString(), expected, `${position}`);
    }
  });

  it("are forgotten after some megabytes", () => {
    const recent = new RecentChunks(0);
    const chunk = Buffer.alloc(1024 * 1024);
    for (let count = 0; count < 100; count++) recent.add(chunk);
    assert.equal(recent.from(90 * chunk.byteLength, 1), undefined);
    assert.notEqual(recent.from(95 * chunk.byteLength, 1), undefined);
  });
});
