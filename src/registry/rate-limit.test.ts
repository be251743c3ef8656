import assert from "node:assert/strict";
import { test } from "node:test";
import { readRateLimit } from "./rate-limit.ts";

test("Docker Hub's headers are read, blank ones are not", () => {
  const read = (limit?: string, remaining?: string) =>
    readRateLimit((name) => ({ "ratelimit-limit": limit, "ratelimit-remaining": remaining })[name]);
  assert.deepEqual(read("100;w=21600", "76;w=21600"), { limit: 100, remaining: 76, windowSeconds: 21600 });
  assert.deepEqual(read("100", "0"), { limit: 100, remaining: 0 });
  assert.equal(read("", ""), undefined);
  assert.equal(read("100;w=21600"), undefined);
  assert.equal(read(), undefined);
});
