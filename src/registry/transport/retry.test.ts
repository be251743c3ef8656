import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../../words/error.ts";
import { backOff, retryAfter, retrying } from "./retry.ts";

const POLICY = { attempts: 3, baseMilliseconds: 1 };
const passing = () => failure("UNEXPECTED", { reason: "passing" }, { retryable: true });

const NOW = Date.parse("2026-11-22T12:00:00Z");
const WAITS: readonly (readonly [header: string | undefined, milliseconds: number | undefined])[] = [
  [undefined, undefined],
  ["2", 2000],
  ["0", 0],
  [" 7 ", 7000],
  ["99999999", 60_000],
  ["Sun, 22 Nov 2026 12:00:05 GMT", 5000],
  ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
  ["Mon, 22 Nov 2027 12:00:00 GMT", 60_000],
  ["-5", 0],
  ["soon", undefined],
];

test("F9: Retry-After is a number or a date, and never more than a minute", () => {
  for (const [header, milliseconds] of WAITS) {
    const wait = retryAfter(header, NOW);
    if (header === "-5") assert.ok(wait === undefined || wait === 0);
    else assert.equal(wait, milliseconds, header);
  }
});

test("waits double, to ten seconds at most, and are never the same for all", () => {
  const policy = { attempts: 9, baseMilliseconds: 100 };
  for (const [failures, most] of [
    [1, 100],
    [2, 200],
    [3, 400],
    [20, 10_000],
  ] as const) {
    const waits = Array.from({ length: 50 }, () => backOff(policy, failures));
    assert.ok(waits.every((wait) => wait >= most / 2 && wait <= most));
    assert.ok(new Set(waits).size > 10);
  }
});

test("what passes is tried again, as often as the policy says", async () => {
  let tries = 0;
  const failing = (times: number) => async () => {
    tries += 1;
    if (tries <= times) throw passing();
    return "done";
  };
  assert.equal(await retrying(failing(2), { policy: POLICY }), "done");
  assert.equal(tries, 3);
  tries = 0;
  await assert.rejects(retrying(failing(3), { policy: POLICY }), { code: "UNEXPECTED" });
  assert.equal(tries, 3);
});

test("what does not pass is not tried again, nor what is hopeless", async () => {
  let tries = 0;
  const refused = async () => {
    tries += 1;
    throw failure("DIGEST_INVALID", { text: "x" });
  };
  await assert.rejects(retrying(refused, { policy: POLICY }));
  const hopeless = async () => {
    tries += 1;
    throw passing();
  };
  await assert.rejects(retrying(hopeless, { policy: POLICY, hopeless: () => true }));
  assert.equal(tries, 2);
});

test("tries that got somewhere do not count", async () => {
  let tries = 0;
  const slowly = async () => {
    tries += 1;
    if (tries < 10) throw passing();
  };
  await retrying(slowly, { policy: POLICY, progressed: () => true });
  assert.equal(tries, 10);
});

test("an abort ends the waiting", async () => {
  const stop = new AbortController();
  const never = async () => {
    throw passing();
  };
  setTimeout(() => stop.abort(new Error("enough")), 20);
  const policy = { attempts: 9, baseMilliseconds: 60_000 };
  await assert.rejects(retrying(never, { policy, signal: stop.signal }), /enough/);
});
