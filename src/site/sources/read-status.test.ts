import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { statusOf } from "./in-test.ts";
import { readStatus } from "./read-status.ts";

const status = statusOf({
  aliyun: { lag_seconds: 4, last_update: "2026-02-01T12:00:00Z", last_update_ts: 1_770_000_000 },
});

test("what is written is read back as it was", () => {
  assert.deepEqual(readStatus(JSON.parse(JSON.stringify(status))), { kind: "status", status });
});

test("a later daemon may say more, use other words and leave out what is not known", () => {
  const [mirror] = status.mirrors;
  const [destination] = mirror?.destinations ?? [];
  const later = {
    ...status,
    region: "eu",
    mirrors: [
      {
        name: mirror?.name,
        upstream: mirror?.upstream,
        status: "thinking",
        destinations: [{ repository: destination?.repository, tags: { ...destination?.tags, queued: 3 } }],
      },
    ],
  };
  const reading = readStatus(later);
  assert.equal(reading.kind, "status");
  const [read] = reading.kind === "status" ? reading.status.mirrors : [];
  assert.deepEqual([read?.status, read?.size, read?.next_schedule_ts], ["unknown", null, null]);
  const { tags, status: state, lag_seconds } = read?.destinations[0] ?? {};
  assert.deepEqual({ tags, state, lag_seconds }, { tags: destination?.tags, state: "unknown", lag_seconds: null });
});

const misfits = [
  { value: null, at: "status.json", expected: "a mapping" },
  { value: [], at: "status.json", expected: "a mapping" },
  { value: {}, at: "version", expected: "a number from 0" },
  { value: { ...status, version: 2 }, at: "version", expected: "1" },
  { value: { ...status, generated_ts: "now" }, at: "generated_ts", expected: "a number from 0" },
  { value: { ...status, mirrors: {} }, at: "mirrors", expected: "a list" },
  { value: { ...status, mirrors: [{ name: 1 }] }, at: "mirrors[0].name", expected: "text" },
  {
    value: { ...status, mirrors: [{ ...status.mirrors[0], destinations: [{ repository: "a", tags: { total: -1 } }] }] },
    at: "mirrors[0].destinations[0].tags.total",
    expected: "a number from 0",
  },
];

for (const { value, at, expected } of misfits) {
  test(`what does not fit is told by its place: ${at}, ${expected}`, () => {
    assert.deepEqual(readStatus(value), { kind: "unreadable", at, expected });
  });
}

test("whatever JSON there is: an answer, nothing thrown", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => ["status", "unreadable"].includes(readStatus(value).kind)),
    { seed: 6 },
  );
});
