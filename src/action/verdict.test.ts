import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunReport } from "./run-report.ts";
import { outputsOf, type Status, statusOf } from "./verdict.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const NOTHING: RunReport = { command: "sync", steps: [], outcomes: [], differences: [], problems: [], errors: [] };
const outcome = (status: RunReport["outcomes"][number]["status"], tag = "1.2.3", digest = DIGEST) => ({
  destination: `a.example/b:${tag}`,
  status,
  digest,
});
const step = (name: string, status: "done" | "skipped" | "failed", subject?: string) => ({
  step: name,
  status,
  ...(subject !== undefined && { subject }),
});

const CASES: readonly (readonly [
  what: string,
  exit: number,
  report: Partial<RunReport> | undefined,
  status: Status,
])[] = [
  ["something was copied", 0, { outcomes: [outcome("copied"), outcome("skipped")] }, "success"],
  ["all was there", 0, { outcomes: [outcome("skipped")] }, "unchanged"],
  ["something was deleted", 0, { outcomes: [outcome("removed"), outcome("skipped")] }, "success"],
  ["nothing is mirrored at all", 0, {}, "success"],
  ["a plan changes nothing, and says so itself", 0, { outcomes: [outcome("skipped")], plan: {} }, "success"],
  ["no report", 0, undefined, "success"],
  ["nothing to build", 0, { steps: [step("build", "skipped")] }, "unchanged"],
  [
    "a release that was made before",
    0,
    {
      steps: [
        step("preflight", "done"),
        step("build", "skipped"),
        step("push", "skipped", "hub"),
        step("push", "done"),
        step("compare", "done"),
        step("publish", "skipped"),
        step("floating-tags", "skipped", "a.example/b:latest"),
      ],
      outcomes: [outcome("skipped")],
    },
    "unchanged",
  ],
  [
    "a release that went on",
    0,
    { steps: [step("push", "skipped", "hub"), step("publish", "done")], outcomes: [outcome("skipped")] },
    "success",
  ],
  ["in part", 3, { outcomes: [outcome("copied"), outcome("failed")] }, "partial"],
  ["failed", 1, { outcomes: [outcome("failed")] }, "failed"],
  ["credentials", 4, undefined, "failed"],
  ["something differs", 5, {}, "failed"],
  ["interrupted", 130, {}, "failed"],
];

for (const [what, exit, report, status] of CASES) {
  test(`${exit}: ${what}: ${status}`, () => {
    assert.equal(statusOf(exit, report === undefined ? undefined : { ...NOTHING, ...report }), status);
  });
}

test("outputs: a tag that reached no registry is not claimed", () => {
  const image = { version: "1.2.3", digest: DIGEST, tags: ["1.2.3", "sha-1"], floatingTags: ["1.2", "1", "latest"] };
  const report: RunReport = {
    ...NOTHING,
    command: "release",
    url: "https://github.com/acme/app/releases/tag/v1.2.3",
    image,
    outcomes: [outcome("copied"), outcome("failed", "sha-1")],
    steps: [
      step("floating-tags", "done", "a.example/b:1.2"),
      { ...step("floating-tags", "skipped", "a.example/b:1"), remark: "floating.in-step" },
      { ...step("floating-tags", "skipped", "a.example/b:latest"), remark: "floating.newer" },
    ],
  };
  assert.deepEqual(outputsOf("success", report, "/tmp/report.json"), {
    status: "success",
    digest: DIGEST,
    tags: "1.2.3\n1.2\n1",
    version: "1.2.3",
    url: "https://github.com/acme/app/releases/tag/v1.2.3",
    report: "/tmp/report.json",
  });
});

test("outputs: of a sync, the digest where there is one, and no other", () => {
  const one = {
    ...NOTHING,
    outcomes: [outcome("copied"), outcome("skipped", "latest"), outcome("failed", "x", "other")],
  };
  assert.equal(outputsOf("partial", one, "").digest, DIGEST);
  const two = { ...NOTHING, outcomes: [outcome("copied"), outcome("copied", "x", "other")] };
  assert.equal(outputsOf("success", two, "").digest, "");
  assert.deepEqual(outputsOf("failed", undefined, ""), {
    status: "failed",
    digest: "",
    tags: "",
    version: "",
    url: "",
    report: "",
  });
});
