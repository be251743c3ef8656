import assert from "node:assert/strict";
import { test } from "node:test";
import { comparisonRows } from "./comparison.ts";
import { freshnessOf } from "./freshness.ts";
import { both, NOW, source, statusOf } from "./in-test.ts";
import { spanText } from "./span.ts";

const hub = source("hub", { isOrigin: true, speed: 3, stability: 5 });
const aliyun = source("aliyun", { page: "https://aliyun.example/", limits: both("none known") });
const azure = source("azure", { state: { kind: "paused", reason: both("moving"), since: "2026-01-31" } });

test("measured columns come from the status, the others from the configuration", () => {
  const status = statusOf({
    aliyun: { lag_seconds: 240, last_update_ts: NOW / 1000 - 60 },
    azure: { lag_seconds: 86_400, tags: { total: 48, in_step: 40, behind: 8, failed: 0 } },
  });
  const shown = comparisonRows({ sources: [hub, aliyun, azure] }, status, "en").map(
    ({ name, inStep, lag, lastSync, speed, limits, state }) => ({ name, inStep, lag, lastSync, speed, limits, state }),
  );
  const unrated = { kind: "unrated" };
  const stars = { kind: "stars", stars: 3 };
  assert.deepEqual(shown, [
    { name: "hub", inStep: "origin", lag: "–", lastSync: undefined, speed: stars, limits: "–", state: "active" },
    {
      name: "aliyun",
      inStep: "10 of 10",
      lag: "4 min",
      lastSync: NOW - 60_000,
      speed: unrated,
      limits: "none known",
      state: "active",
    },
    {
      name: "azure",
      inStep: "40 of 48",
      lag: "1 d",
      lastSync: undefined,
      speed: unrated,
      limits: "–",
      state: "paused since 2026-01-31: moving",
    },
  ]);
});

test("without a status, the plan is told and nothing is measured", () => {
  const [row] = comparisonRows({ sources: [aliyun] }, undefined, "zh-CN");
  assert.deepEqual([row?.inStep, row?.lag, row?.state], ["未测量", "最长 30 分钟", "正常"]);
  const [unplanned] = comparisonRows({ sources: [{ ...aliyun, every: undefined }] }, undefined, "en");
  assert.equal(unplanned?.lag, "–");
});

test("a source that several mirrors write to is as fresh as the worst of them", () => {
  const one = statusOf({ aliyun: { lag_seconds: 5, last_update_ts: 2000 } });
  const other = statusOf({
    aliyun: { lag_seconds: 90, last_update_ts: 1000, tags: { total: 2, in_step: 1, behind: 1, failed: 0 } },
  });
  const status = { ...one, mirrors: [...one.mirrors, ...other.mirrors] };
  assert.deepEqual(freshnessOf(aliyun, status), {
    kind: "catching-up",
    tags: { total: 12, in_step: 11, behind: 1, failed: 0 },
    lag: 90,
    lastSync: 1_000_000,
    asOf: NOW,
  });
});

test("in step is only what was compared and did not fail", () => {
  const none = { total: 0, in_step: 0, behind: 0, failed: 0 };
  const kindOf = (destination: Parameters<typeof statusOf>[0][string]) =>
    freshnessOf(aliyun, statusOf({ aliyun: destination })).kind;
  const kinds = [
    kindOf({}),
    kindOf({ status: "unknown", tags: none }),
    kindOf({ status: "failed", tags: none }),
    kindOf({ status: "failed", last_update_ts: NOW / 1000 - 600 }),
    kindOf({ status: "failed", last_update_ts: NOW / 1000 - 7200 }),
    freshnessOf(hub, statusOf({ aliyun: {} })).kind,
    freshnessOf(azure, statusOf({ aliyun: {} })).kind,
  ];
  assert.deepEqual(kinds, ["in-step", "unknown", "late", "catching-up", "late", "origin", "unknown"]);
});

test("spans are told in a unit that a reader can picture", () => {
  const spans = [0, 59.6, 60, 90, 120, 3600, 5400, 7200, 86_400, 129_600, 432_000];
  assert.deepEqual(
    spans.map((seconds) => spanText(seconds, "en")),
    ["0 s", "60 s", "1 min", "90 s", "2 min", "1 h", "90 min", "2 h", "1 d", "36 h", "5 d"],
  );
});
