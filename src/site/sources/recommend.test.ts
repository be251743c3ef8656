import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Source, SourceState } from "../model.ts";
import type { Visitor } from "./hint.ts";
import { both, NOW, source, statusOf } from "./in-test.ts";
import type { Measurement } from "./measurement.ts";
import { reasonText, speaks } from "./reason.ts";
import { recommend } from "./recommend.ts";
import type { StatusFile } from "./status.ts";

const HOUR = 3_600_000;
const CHINA = { timeZones: ["Asia/Shanghai"], languages: ["zh"] };
const hub = source("hub", { isOrigin: true, speed: 3, limits: both("100 pulls in 6 hours") });
const aliyun = source("aliyun", { hints: CHINA, speed: 5 });
const azure = source("azure", { speed: 4 });
const all = [hub, aliyun, azure];

const inChina = { timeZone: "Asia/Shanghai", languages: ["zh-CN", "en"] };
const inNewYork = { timeZone: "America/New_York", languages: ["en-US"] };

function as(one: Source, state: SourceState["kind"]): Source {
  if (state === "active") return { ...one, state: { kind: state } };
  return { ...one, state: { kind: state, reason: both("moved"), since: "2026-01-31" } };
}

/** `"x"` is an attempt that failed. */
type Times = Readonly<Record<string, readonly (number | "x")[]>>;

function measured(times: Times): readonly Measurement[] {
  return Object.entries(times).map(([id, attempts]) => ({
    source: id,
    at: NOW - 1000,
    times: attempts.filter((one) => one !== "x"),
    failed: attempts.filter((one) => one === "x").length,
  }));
}

const behind = (lag_seconds: number) => ({ lag_seconds, tags: { total: 10, in_step: 8, behind: 1, failed: 1 } });

interface Row {
  readonly promise: string;
  readonly visitor: Visitor;
  readonly sources?: readonly Source[];
  readonly times?: Times;
  readonly status?: StatusFile;
  /** The best first. */
  readonly order: string;
}

const rows: readonly Row[] = [
  { promise: "nothing measured: time zone", visitor: inChina, order: "aliyun hub azure" },
  { promise: "nothing measured: elsewhere the origin", visitor: inNewYork, order: "hub azure aliyun" },
  {
    promise: "nothing measured: where one is outweighs what one speaks",
    visitor: { ...inNewYork, languages: ["zh-CN"] },
    order: "hub azure aliyun",
  },
  {
    promise: "nothing measured: the language alone",
    visitor: { languages: ["zh-Hans-CN"] },
    order: "aliyun hub azure",
  },
  { promise: "a language further down is no hint", visitor: { languages: ["en", "zh"] }, order: "hub aliyun azure" },
  {
    promise: "the shortest way outweighs time zone and language",
    visitor: inChina,
    times: { hub: [60, 70, 65], aliyun: [300, 280, 310], azure: [200, 200, 200] },
    order: "hub azure aliyun",
  },
  {
    promise: "a slow one is passed by",
    visitor: inChina,
    times: { hub: [400, 420, 410], aliyun: [900, 950, 870], azure: [80, 90, 85] },
    order: "azure hub aliyun",
  },
  {
    promise: "one that does not answer comes last",
    visitor: inChina,
    times: { hub: ["x", "x", "x"], aliyun: ["x", "x", 40], azure: [900, 900, 900] },
    order: "azure aliyun hub",
  },
  {
    promise: "one failure of three is forgiven",
    visitor: inChina,
    times: { hub: [300, 300, 300], aliyun: [40, "x", 45], azure: [200, 200, 200] },
    order: "aliyun azure hub",
  },
  {
    promise: "a limit outweighs a few milliseconds",
    visitor: inNewYork,
    times: { hub: [40], aliyun: [250], azure: [50] },
    order: "azure hub aliyun",
  },
  {
    promise: "where nothing answers, it says nothing of the sources",
    visitor: inChina,
    times: { hub: ["x"], aliyun: ["x"], azure: ["x"] },
    order: "aliyun hub azure",
  },
  {
    promise: "one that is late comes after those in step, however near",
    visitor: inChina,
    times: { hub: [300], aliyun: [30], azure: [200] },
    status: statusOf({ aliyun: behind(7200), azure: {} }),
    order: "azure hub aliyun",
  },
  {
    promise: "one that is catching up within its interval stays",
    visitor: inChina,
    times: { hub: [300], aliyun: [30], azure: [200] },
    status: statusOf({ aliyun: behind(1200), azure: {} }),
    order: "aliyun azure hub",
  },
  {
    promise: "an old status does not count",
    visitor: inChina,
    times: { hub: [300], aliyun: [30], azure: [200] },
    status: statusOf({ aliyun: behind(7200), azure: {} }, 3 * HOUR),
    order: "aliyun azure hub",
  },
  {
    promise: "a late one that answers is better than one that does not",
    visitor: inChina,
    times: { hub: ["x"], aliyun: [30], azure: ["x"] },
    status: statusOf({ aliyun: behind(7200), azure: {} }),
    order: "aliyun hub azure",
  },
  {
    promise: "what cannot be measured comes after what answers",
    visitor: inChina,
    sources: [hub, { ...aliyun, probe: undefined }, azure],
    times: { hub: [300], azure: [200] },
    order: "azure hub aliyun",
  },
  {
    promise: "a degraded one only where nothing else answers",
    visitor: inChina,
    sources: [hub, as(aliyun, "degraded"), azure],
    times: { hub: [300], aliyun: [30], azure: ["x"] },
    order: "hub aliyun azure",
  },
  {
    promise: "a degraded one where nothing else answers",
    visitor: inChina,
    sources: [hub, as(aliyun, "degraded"), azure],
    times: { hub: ["x"], aliyun: [30], azure: ["x"] },
    order: "aliyun hub azure",
  },
  {
    promise: "a degraded one that is in step comes after an active one that is late",
    visitor: inChina,
    sources: [as(aliyun, "degraded"), azure],
    times: { aliyun: [30], azure: [200] },
    status: statusOf({ azure: behind(7200), aliyun: {} }),
    order: "azure aliyun",
  },
  {
    promise: "a paused one never, even if it alone answers",
    visitor: inChina,
    sources: [hub, as(aliyun, "paused"), azure],
    times: { hub: ["x"], aliyun: [5], azure: ["x"] },
    order: "hub azure aliyun",
  },
];

for (const { promise, visitor, times, status, sources = all, order } of rows) {
  test(promise, () => {
    const measurements = measured(times ?? {});
    const found = recommend({ sources, measurements, status, visitor, now: NOW });
    assert.equal(found.ranked.map((one) => one.source.id).join(" "), order);
    assert.equal(found.recommended, order.split(" ")[0]);
  });
}

test("nothing is recommended where all are paused", () => {
  const sources = all.map((one) => as(one, "paused"));
  const found = recommend({ sources, measurements: [], visitor: inChina, now: NOW });
  assert.equal(found.recommended, undefined);
  assert.deepEqual(
    found.ranked.map(({ reasons }) => reasons.map(({ key }) => key)),
    [["paused"], ["paused"], ["paused"]],
  );
});

test("it says when it was measured, and not where nothing answered", () => {
  const asked = (times: Times) =>
    recommend({ sources: all, measurements: measured(times), visitor: inChina, now: NOW }).measuredAt;
  assert.deepEqual(
    [asked({ hub: [30], azure: ["x"] }), asked({ hub: ["x"] }), asked({})],
    [NOW - 1000, undefined, undefined],
  );
});

test("every place has its reasons, in both languages", () => {
  const sources = [as(hub, "degraded"), aliyun, as(azure, "paused"), source("quay"), source("ghcr")];
  const status = statusOf({ aliyun: behind(1200), quay: {}, ghcr: behind(86_400 * 3) });
  const times = { hub: [120], aliyun: [30, 31], quay: ["x" as const] };
  const { ranked } = recommend({ sources, measurements: measured(times), status, visitor: inChina, now: NOW });
  const said = (language: "en" | "zh-CN") =>
    Object.fromEntries(ranked.map((one) => [one.source.id, one.reasons.map((reason) => reasonText(reason, language))]));
  assert.deepEqual(said("en"), {
    aliyun: [
      "it answers fastest from where you are, in 31 ms",
      "2 of 10 tags are on their way there, for 20 min so far",
      "it is meant for your region (Asia/Shanghai)",
    ],
    ghcr: ["a page cannot measure the way there", "2 of 10 tags are behind, for 3 d so far"],
    hub: [
      "it has had a problem since 2026-01-31: moved",
      "it answers in 120 ms",
      "images are published there first",
      "it limits pulls: 100 pulls in 6 hours",
    ],
    quay: ["it does not answer from where you are", "all 10 tags are in step, compared by digest"],
    azure: ["it has been paused since 2026-01-31: moved"],
  });
  assert.deepEqual(said("zh-CN").quay, ["从您所在的网络无法访问", "全部 10 个标签均与源站一致（按摘要比对）"]);
  assert.deepEqual(ranked.find((one) => one.source.id === "hub")?.reasons.map(speaks), [
    "against",
    "neither",
    "for",
    "against",
  ]);
});

test("whatever is known: one answer, all sources in it, and no paused one recommended", () => {
  const attempts = fc.array(fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.constant("x" as const)), { maxLength: 4 });
  const state = fc.constantFrom("active" as const, "degraded" as const, "paused" as const);
  const known = fc.record({
    times: fc.record({ hub: attempts, aliyun: attempts, azure: attempts }),
    states: fc.tuple(state, state, state),
    lags: fc.record({ aliyun: fc.integer({ min: 0, max: 10_000 }), azure: fc.integer({ min: 0, max: 10_000 }) }),
    visitor: fc.constantFrom(inChina, inNewYork, { languages: [] }),
  });
  fc.assert(
    fc.property(known, ({ times, states, lags, visitor }) => {
      const sources = all.map((one, index) => as(one, states[index] ?? "active"));
      const status = statusOf({ aliyun: behind(lags.aliyun), azure: behind(lags.azure) });
      const ask = () => recommend({ sources, measurements: measured(times), status, visitor, now: NOW });
      const { ranked, recommended } = ask();
      assert.deepEqual(ask(), ask());
      assert.deepEqual(ranked.map((one) => one.source.id).sort(), ["aliyun", "azure", "hub"]);
      const chosen = sources.find(({ id }) => id === recommended);
      if (sources.every((one) => one.state.kind === "paused")) assert.equal(chosen, undefined);
      else assert.notEqual(chosen?.state.kind ?? "paused", "paused");
    }),
    { seed: 6 },
  );
});
