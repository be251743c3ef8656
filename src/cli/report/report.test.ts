import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTS, type Outcome } from "../../copy/outcome.ts";
import { digestOf } from "../../oci/digest.ts";
import { OCI_MANIFEST } from "../../oci/media-types.ts";
import { failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { plainPaint } from "../output/color.ts";
import { errorReport, reportOf } from "./report.ts";
import { stepSummary } from "./step-summary.ts";
import { failureSummary, sumLine } from "./summary.ts";

const words = wordsOf("en");
const digest = digestOf("image");
const error = failure("QUOTA_EXCEEDED", { host: "c.example", operation: "push", status: 403, detail: "a|b <b>" }).on(
  "destination",
);
const source = "docker.io/library/busybox:1.36";
const copied: Outcome = {
  source,
  destination: "127.0.0.1:5002/busybox:1.36",
  status: "copied",
  digest,
  attempts: 2,
  bytesRead: 70,
  bytesWritten: 50,
  bytesMounted: 20,
  bytesSkipped: 5,
};
const skipped: Outcome = {
  source,
  destination: "b.example/busybox:1.36",
  ...NO_COUNTS,
  status: "skipped",
  reason: "in-step",
  digest,
};
const failed: Outcome = { source, destination: "c.example/busybox:1.36", ...NO_COUNTS, status: "failed", error };
const failedToo: Outcome = {
  ...failed,
  source: "docker.io/library/busybox:1.37",
  destination: "c.example/busybox:1.37",
};
const outcomes = [copied, skipped, failed, failedToo];
const facts = { requests: 12, seconds: 3.21049 };

test("report: the shape that scripts rely on", () => {
  const told = {
    code: "QUOTA_EXCEEDED",
    message: "destination: c.example has no room for push (answer 403): a|b <b>",
    hint: "raise the quota or delete old images there; after 413, the largest request that a proxy before it takes may be too small",
    retryable: false,
  };
  const nothing = { attempts: 1, bytesRead: 0, bytesWritten: 0, bytesMounted: 0, bytesSkipped: 0 };
  assert.deepEqual(
    JSON.parse(JSON.stringify(reportOf("sync", { outcomes: outcomes.slice(0, 3), facts, stops: [] }, words))),
    {
      version: 1,
      command: "sync",
      ok: false,
      outcomes: [
        {
          source,
          destination: "127.0.0.1:5002/busybox:1.36",
          status: "copied",
          digest,
          attempts: 2,
          bytesRead: 70,
          bytesWritten: 50,
          bytesMounted: 20,
          bytesSkipped: 5,
        },
        { source, destination: "b.example/busybox:1.36", status: "skipped", digest, reason: "in-step", ...nothing },
        { source, destination: "c.example/busybox:1.36", status: "failed", error: told, ...nothing },
      ],
      totals: { copied: 1, skipped: 1, failed: 1, bytesRead: 70, bytesWritten: 50, requests: 12, seconds: 3.21 },
    },
  );
});

test("report: ok is that nothing failed and nothing stopped", () => {
  assert.equal(reportOf("sync", { outcomes: [copied, skipped], facts, stops: [] }, words).ok, true);
  assert.equal(reportOf("sync", { outcomes: [copied], facts, stops: [failure("INTERRUPTED", {})] }, words).ok, false);
  const report = errorReport("copy", [error], words);
  assert.equal(report.ok, false);
  assert.deepEqual(report.outcomes, []);
  assert.equal(report.errors?.[0]?.code, "QUOTA_EXCEEDED");
});

test("summary: each reason once, with all that it stopped", () => {
  const style = { words, paint: plainPaint, debug: false };
  assert.deepEqual(failureSummary(outcomes, style), [
    "error: destination: c.example has no room for push (answer 403): a|b <b>",
    "  raise the quota or delete old images there; after 413, the largest request that a proxy before it takes may be too small",
    "  docker.io/library/busybox:1.36 → c.example/busybox:1.36",
    "  docker.io/library/busybox:1.37 → c.example/busybox:1.37",
    "",
  ]);
  assert.equal(
    sumLine(outcomes, facts, style),
    "✗ 1 copied · 1 unchanged · 2 failed · 50 B sent · 20 B mounted · 3.2 s",
  );
  assert.equal(sumLine([], facts, style), "✓ nothing to do · 3.2 s");
});

test("summary: what is for other platforms is counted apart, and a run of nothing else is not called fine", () => {
  const style = { words, paint: plainPaint, debug: false };
  const elsewhere: Outcome = { ...skipped, reason: "platform" };
  assert.equal(sumLine([skipped, elsewhere], facts, style), "✓ 1 unchanged · 1 skipped (platform) · 3.2 s");
  assert.equal(sumLine([elsewhere, elsewhere], facts, style), "! 2 skipped (platform) · 3.2 s");
  assert.match(stepSummary({ command: "sync", outcomes: [elsewhere], facts, words }), /^### ⚠️ slipway sync/);
});

test("step summary: a table with what failed first, and text that stays text", () => {
  const allowances = [{ host: "docker.io", limit: 100, remaining: 97 }];
  assert.equal(
    stepSummary({ command: "sync", outcomes: [copied, skipped, failed], facts: { ...facts, allowances }, words }),
    `### ❌ slipway sync

1 copied · 1 unchanged · 1 failed · 50 B sent · 20 B mounted · 3.2 s

| Source | Destination | Result | Digest |
|---|---|---|---|
| ${source} | c.example/busybox:1.36 | **failed** |  |
| ${source} | 127.0.0.1:5002/busybox:1.36 | copied | \`${digest}\` |
| ${source} | b.example/busybox:1.36 | in step | \`${digest}\` |

> [!CAUTION]
> destination: c.example has no room for push (answer 403): a\\|b &lt;b&gt;
>
> raise the quota or delete old images there; after 413, the largest request that a proxy before it takes may be too small

docker.io: 97 of 100 pulls left

`,
  );
});

test("step summary: thousands of images do not burst the page", () => {
  const many = Array.from({ length: 600 }, (_, at): Outcome => ({ ...skipped, source: `docker.io/library/a:${at}` }));
  const page = stepSummary({ command: "sync", outcomes: [...many, failed], facts, words });
  assert.equal(page.split("\n").filter((line) => line.startsWith("| docker.io")).length, 500);
  assert.match(page, /and 101 more/);
  assert.match(page, /\*\*failed\*\*/);
});

test("adapted: what a destination has instead, and what was left out, is told everywhere and in both languages", () => {
  const leftOut = [{ mediaType: OCI_MANIFEST, digest: digestOf("attestation"), size: 1 }];
  const adapted: Outcome = {
    ...copied,
    adapted: { from: digestOf("whole"), changes: ["nesting", "attestations"], leftOut },
  };
  const report = reportOf("copy", { outcomes: [adapted], facts, stops: [] }, words);
  assert.deepEqual(report.outcomes[0]?.adapted, adapted.adapted);
  const cases = [
    {
      language: "en",
      told: "copied, adapted: nested indexes made one, without attestations (1 left out)",
      count: "1 adapted",
    },
    { language: "zh-CN", told: "已复制，已适配：嵌套索引已合并，不含证明（略去 1 项）", count: "适配 1" },
  ] as const;
  for (const { language, told, count } of cases) {
    const page = stepSummary({ command: "copy", outcomes: [adapted], facts, words: wordsOf(language) });
    assert.ok(page.includes(`| ${told} | \`${digest}\` |`), page);
    assert.ok(sumLine([adapted], facts, { words: wordsOf(language), paint: plainPaint, debug: false }).includes(count));
  }
});
