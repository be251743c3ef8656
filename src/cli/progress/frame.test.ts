import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTS, type Outcome } from "../../copy/outcome.ts";
import { digestOf } from "../../oci/digest.ts";
import { type Language, wordsOf } from "../../words/words.ts";
import { plainPaint } from "../output/color.ts";
import { displayWidth } from "../output/width.ts";
import { frame } from "./frame.ts";
import { Tally } from "./tally.ts";

const blob = digestOf("layer");
const MB = 1_000_000;

/** Two destinations, one fast and one slow, four seconds into a layer of 40 MB. */
function halfway(): Tally {
  const tally = new Tally();
  tally.apply({ kind: "surveying", done: 2, total: 2 }, 0);
  tally.apply({ kind: "ended", outcome: skipped("1.0") }, 0);
  tally.apply({ kind: "planned", plan: planOf(3), round: 1 }, 0);
  for (let second = 0; second <= 4; second += 1) {
    move(tally, "hagicode.azurecr.io/hagicode", second * 9 * MB, second * 1000);
    move(tally, "registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode", second * 3 * MB, second * 1000);
  }
  return tally;
}

function move(tally: Tally, destination: string, moved: number, now: number): void {
  tally.apply({ kind: "moving", destination, digest: blob, moved, size: 40 * MB }, now);
}

function skipped(tag: string): Outcome {
  const names = { source: `docker.io/library/a:${tag}`, destination: `b.example/a:${tag}` };
  return { ...names, ...NO_COUNTS, status: "skipped", reason: "in-step" };
}

function planOf(arrivals: number) {
  const descriptor = { mediaType: "application/vnd.oci.image.index.v1+json", digest: blob, size: 1 };
  const arrival = { destination: "b.example/a", tag: "1", action: "create", fresh: true, companions: [] } as const;
  const transfer = { source: "docker.io/library/a", reference: "1", resolved: descriptor, root: descriptor };
  const planned = { ...transfer, referrers: false, arrivals: Array.from({ length: arrivals }, () => arrival) };
  return { version: 1, transfers: [planned] } as const;
}

function draw(tally: Tally, columns: number, options: { language?: Language; rows?: number; waiting?: string } = {}) {
  const canvas = { columns, rows: options.rows ?? 24, words: wordsOf(options.language ?? "en"), paint: plainPaint };
  return frame(tally, options.waiting, 4000, canvas);
}

test("frame: wide", () => {
  assert.deepEqual(draw(halfway(), 110), [
    "  hagicode.azurecr.io/hagicode               ━━━━━━━━━━━━━━━━━━──   90%    36.0 MB/40.0 MB  12.0 MB/s    0:00",
    "  registry.cn-hangzhou…om/hagicode/hagicode  ━━━━━━──────────────   30%    12.0 MB/40.0 MB   4.0 MB/s    0:07",
    "1 of 4 · 1 unchanged · 48.0 MB · 16.0 MB/s",
  ]);
});

test("frame: 80 columns, in Chinese, while a host asks for patience", () => {
  assert.deepEqual(draw(halfway(), 80, { language: "zh-CN", waiting: "等待 docker.io 28 s（限流）" }), [
    "  hagicode.azurecr.io/hagicode        90%    36.0 MB/40.0 MB  12.0 MB/s    0:00",
    "  registry.cn-hang…agicode/hagicode   30%    12.0 MB/40.0 MB   4.0 MB/s    0:07",
    "1/4 · 等待 docker.io 28 s（限流） · 无变化 1 · 48.0 MB · 16.0 MB/s",
  ]);
});

test("frame: 40 columns", () => {
  assert.deepEqual(draw(halfway(), 40), [
    "  hagicode.…o/hagicode   90%  12.0 MB/s",
    "  registry.…e/hagicode   30%   4.0 MB/s",
    "1 of 4 · 1 unchanged · 48.0 MB",
  ]);
});

test("frame: no wider and no higher than the terminal", () => {
  const tally = halfway();
  for (let lane = 0; lane < 30; lane += 1) move(tally, `镜像-${lane}.example/团队/应用`, MB, 4000);
  for (const columns of [20, 33, 40, 60, 72, 96, 200]) {
    for (const rows of [3, 6, 24]) {
      const lines = draw(tally, columns, { rows, language: "zh-CN", waiting: "等待 docker.io 28 s（限流）" });
      assert.ok(lines.length <= Math.max(2, rows - 3), `${lines.length} lines in ${rows} rows`);
      for (const line of lines) assert.ok(displayWidth(line) < columns, `${columns}: ${line}`);
    }
  }
});

test("frame: while the survey goes on", () => {
  const tally = new Tally();
  tally.apply({ kind: "surveying", done: 12, total: 40 }, 0);
  assert.deepEqual(draw(tally, 80), ["comparing 12 of 40"]);
});

test("frame: nothing where nothing is copied, but a wait is said", () => {
  assert.deepEqual(draw(new Tally(), 80), []);
  assert.deepEqual(draw(new Tally(), 20, { waiting: "waiting 12 s for a.example" }), ["waiting 1…a.example"]);
});
