import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf } from "../../target/bytes.ts";
import { Throttle } from "./throttle.ts";

test("bodies together keep to the pace", async () => {
  const throttle = new Throttle(1_000_000);
  const chunks = 30;
  const started = performance.now();
  const body = throttle.slow(async (sink) => {
    for (let at = 0; at < chunks; at += 1) await sink(new Uint8Array(10_000));
  });
  let bytes = 0;
  const count = (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    return undefined;
  };
  await Promise.all([body(count), body(count)]);
  const seconds = (performance.now() - started) / 1000;
  assert.equal(bytes, 600_000);
  assert.ok(seconds >= 0.48 && seconds < 1.5, `${seconds}`);
});

test("nothing waits that is slower anyhow", () => {
  assert.equal(new Throttle(1e9).pass(1000), undefined);
});

test("an abort ends the wait", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 10);
  const slow = new Throttle(10).slow(bodyOf(new Uint8Array(1000)));
  await assert.rejects(
    slow(() => undefined, { signal: stop.signal }),
    /enough/,
  );
});
