import assert from "node:assert/strict";
import { test } from "node:test";
import type { SharedLists } from "../../copy/shared-lists.ts";
import { RunLists } from "./run-lists.ts";

test("jobs of one run share lists while one of them is under way, and no other run does", async () => {
  const runs = new RunLists();
  const seen: SharedLists[] = [];
  const see = async (lists: SharedLists) => void seen.push(lists);
  await runs.with("one", async (lists) => {
    seen.push(lists);
    await runs.with("one", see);
    await runs.with("two", see);
    const failing = runs.with("one", () => Promise.reject(new Error("failed")));
    await assert.rejects(failing, /failed/);
    await runs.with("one", see);
  });
  await runs.with("one", see);
  const [first, again, other, after, anew] = seen;
  assert.equal(again, first);
  assert.notEqual(other, first);
  assert.equal(after, first);
  assert.notEqual(anew, first, "they would be old");
});
