import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../../words/error.ts";
import { calmAt } from "./calm.ts";
import { afterFailure } from "./retry.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BUSY = failure("NOTIFY_BUSY", { name: "x", host: "h", answer: "HTTP 500" }, { retryable: true });
const LIMITED = failure("NOTIFY_LIMITED", { name: "x", host: "h", answer: "errcode 410100" });

test("tries come further and further apart, and end after twenty or three days", () => {
  const waits: number[] = [];
  let at = 0;
  for (let attempts = 1; ; attempts += 1) {
    const next = afterFailure({ attempts, createdAt: 0, at, error: BUSY });
    if (next.state === "given-up") break;
    waits.push((next.nextAt - at) / MINUTE);
    at = next.nextAt;
  }
  const sixHours = Array.from({ length: 10 }, () => 360);
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, ...sixHours]);
  assert.ok(at <= 72 * HOUR, "the last try is within three days");
});

const TABLE: readonly (readonly [
  what: string,
  failed: Partial<Parameters<typeof afterFailure>[0]>,
  nextAt: number | undefined,
])[] = [
  ["a receiver that asks for more time gets it", { retryAfter: 10 * MINUTE }, 10 * MINUTE],
  ["one that asks for less does not", { retryAfter: 1 }, MINUTE],
  ["one that is limited and says for how long is believed", { error: LIMITED, retryAfter: 2 * MINUTE }, 2 * MINUTE],
  ["one that is silent for ten minutes is left alone for longer", { error: LIMITED }, 11 * MINUTE],
  ["nobody is waited for beyond three days", { retryAfter: 72 * HOUR + 1 }, undefined],
  ["twenty tries are enough", { attempts: 20 }, undefined],
];

for (const [what, failed, nextAt] of TABLE) {
  test(`after a failure: ${what}`, () => {
    const next = afterFailure({ attempts: 1, createdAt: 0, at: 0, error: BUSY, ...failed });
    assert.deepEqual(next, nextAt === undefined ? { state: "given-up" } : { state: "waiting", nextAt });
  });
}

test("Feishu is left alone at full and half hours", () => {
  const at = (time: string) => Date.parse(`2026-03-01T${time}Z`);
  for (const [asked, told] of [
    ["08:59:59.999", "08:59:59.999"],
    ["09:00:00.000", "09:01:00.000"],
    ["09:00:59.999", "09:01:00.000"],
    ["09:01:00.000", "09:01:00.000"],
    ["09:30:30.000", "09:31:00.000"],
  ] as const) {
    assert.equal(calmAt("feishu", at(asked)), at(told), asked);
    assert.equal(calmAt("slack", at(asked)), at(asked));
  }
});
