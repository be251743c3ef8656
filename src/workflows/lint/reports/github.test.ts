import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, RuleName, Severity } from "../finding.ts";
import { annotationOf, MOST_ANNOTATIONS, mostTelling } from "./github.ts";

function finding(rule: RuleName, severity: Severity, line: number): Finding {
  return {
    rule,
    severity,
    key: "lint.unpinned-action",
    facts: { action: "50%,\r\n::error::x" },
    place: { file: "a,b:c.yml", line, column: 3 },
    link: "https://example.com",
  };
}

test("an annotation is one line, and nothing in it is a command of its own", () => {
  const line = annotationOf(finding("unpinned-action", "info", 7), (file) => `sub/${file}`, "en");
  assert.match(
    line,
    /^::notice file=sub\/a%2Cb%3Ac\.yml,line=7,col=3,title=slipway lint%3A unpinned-action::50%25,%0D%0A::error::x is not pinned to a commit%0A[^\r\n]+$/,
  );
});

test("annotations: errors first, each rule before any rule again, ten at most; the rest in the order of the file", () => {
  const findings = [
    finding("schedule-on-the-hour", "info", 1),
    ...Array.from({ length: 8 }, (_, at) => finding("unpinned-action", "error", at + 2)),
    finding("timeout-missing", "warning", 10),
    finding("duplicate-key", "error", 11),
    finding("persist-credentials", "warning", 12),
  ];
  const { shown, rest } = mostTelling(findings);
  assert.equal(shown.length, MOST_ANNOTATIONS);
  assert.deepEqual(
    shown.map(({ place }) => place.line),
    [2, 11, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  assert.deepEqual(
    rest.map(({ place }) => place.line),
    [1, 12],
  );
});
