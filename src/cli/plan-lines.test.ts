import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTS, type Outcome } from "../copy/outcome.ts";
import type { Plan } from "../copy/plan.ts";
import { OCI_INDEX } from "../oci/media-types.ts";
import { wordsOf } from "../words/words.ts";
import { plainPaint } from "./output/color.ts";
import { planLines } from "./plan-lines.ts";

const root = { mediaType: OCI_INDEX, digest: `sha256:${"a".repeat(64)}`, size: 9 } as const;
const previous = `sha256:${"b".repeat(64)}` as const;
const plan: Plan = {
  version: 1,
  transfers: [
    {
      source: "docker.io/library/busybox",
      reference: "1.36",
      resolved: root,
      root,
      arrivals: [
        { destination: "a.example/busybox", tag: "1.36", companions: [], action: "create", fresh: true },
        { destination: "b.example/team/busybox", tag: "1.36", companions: [], action: "update", previous },
        { destination: "c.example/busybox", companions: [], action: "complete" },
      ],
    },
  ],
};
const skipped: Outcome = { source: "x", destination: "y", ...NO_COUNTS, status: "skipped", reason: "in-step" };

test("plan: what would go where", () => {
  assert.deepEqual(planLines(plan, [skipped, skipped, { ...skipped, reason: "platform" }], wordsOf("en"), plainPaint), [
    "docker.io/library/busybox:1.36  sha256:aaaaaaaaaaaa",
    "  + a.example/busybox:1.36                 new",
    "  ~ b.example/team/busybox:1.36            replaces sha256:bbbbbbbbbbbb",
    "  + c.example/busybox@sha256:aaaaaaaaaaaa  gets what refers to it",
    "",
    "1 new · 1 replaced · 1 completed · 2 unchanged · 1 skipped (platform)",
  ]);
});

test("plan: what would go", () => {
  const removals = [
    { source: "docker.io/library/busybox", destination: "a.example/busybox", tag: "1.9", digest: previous },
    { source: "docker.io/library/busybox", destination: "a.example/busybox", tag: "nightly", digest: root.digest },
  ];
  assert.deepEqual(planLines({ version: 1, transfers: [], removals }, [skipped], wordsOf("en"), plainPaint), [
    "- a.example/busybox:1.9      sha256:bbbbbbbbbbbb  deleted: no rule wants it",
    "- a.example/busybox:nightly  sha256:aaaaaaaaaaaa  deleted: no rule wants it",
    "",
    "2 deleted · 1 unchanged",
  ]);
});

test("plan: nothing", () => {
  assert.deepEqual(planLines({ version: 1, transfers: [] }, [], wordsOf("zh-CN"), plainPaint), ["无事可做"]);
});
