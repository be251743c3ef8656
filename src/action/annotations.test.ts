import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wordsOf } from "../words/words.ts";
import { type Annotation, annotationLine, annotationsOf } from "./annotations.ts";
import type { RunReport } from "./run-report.ts";

const words = wordsOf("en");
const error = (code: string, message: string) => ({ code, message, hint: "do this" });
const NOTHING: RunReport = { command: "sync", steps: [], outcomes: [], differences: [], problems: [], errors: [] };

function said(report: Partial<RunReport>): readonly string[] {
  return annotationsOf({ ...NOTHING, ...report }, 1, words).map(({ level, title, message }) =>
    [level, title, message.replaceAll("\n", " / ")].join(" | "),
  );
}

test("what stopped the run comes first, then what failed, then what was not needed", () => {
  const report: Partial<RunReport> = {
    command: "release",
    errors: [error("PUBLISH_INCOMPLETE", "not everywhere")],
    steps: [
      {
        step: "push",
        subject: "aliyun",
        status: "failed",
        error: error("UNREACHABLE", "aliyun is down"),
        tolerated: true,
      },
      {
        step: "push",
        subject: "azure",
        status: "failed",
        error: error("UNREACHABLE", "azure is down"),
        tolerated: false,
      },
      { step: "push", status: "failed", error: error("PUBLISH_INCOMPLETE", "not everywhere"), tolerated: false },
      { step: "build", status: "done", remark: "build.done" },
    ],
    // the steps have told of it
    outcomes: [{ destination: "a.example/b:1", status: "failed", error: error("UNREACHABLE", "azure is down (2)") }],
  };
  assert.deepEqual(said(report), [
    "error | slipway release | not everywhere / do this",
    "error | slipway release: azure | azure is down / do this",
    "warning | slipway release: aliyun | aliyun is down / do this",
  ]);
});

test("a thousand images that fail alike do not hide another cause, and are counted", () => {
  const failed = (at: number, code: string) => ({
    destination: `a.example/b:${at}`,
    status: "failed" as const,
    error: error(code, `${code} ${at}`),
  });
  const outcomes = [...Array.from({ length: 1000 }, (_, at) => failed(at, "DENIED")), failed(1000, "QUOTA_EXCEEDED")];
  const lines = said({ outcomes });
  assert.equal(lines.length, 10);
  assert.deepEqual(lines.slice(0, 3), [
    "error | slipway sync: a.example/b:0 | DENIED 0 / do this",
    "error | slipway sync: a.example/b:1000 | QUOTA_EXCEEDED 1000 / do this",
    "error | slipway sync: a.example/b:1 | DENIED 1 / do this",
  ]);
  assert.equal(lines[9], "error | slipway sync | 992 more; the log of this step and the page of the job tell all");
});

test("ten are shown as they are", () => {
  const errors = Array.from({ length: 10 }, (_, at) => error("X", `${at}`));
  assert.deepEqual(
    annotationsOf({ ...NOTHING, errors }, 1, words).map(({ message }) => message),
    errors.map(({ message }) => `${message}\ndo this`),
  );
});

test("what a look has found is told, too", () => {
  assert.deepEqual(
    said({
      differences: [{ kind: "other-digest", source: "a/b:1", destination: "c.example/b:1" }],
      problems: [{ where: "azure", text: "it lacks 1.2.3", repair: "slipway push azure --for 1.2.3" }],
    }),
    [
      "error | slipway sync: azure | it lacks 1.2.3 / slipway push azure --for 1.2.3",
      "warning | slipway sync: c.example/b:1 | other-digest: a/b:1 → c.example/b:1",
    ],
  );
});

test("a failure without a report is told all the same", () => {
  const message = "it ended with exit code 2; the log of this step says why";
  assert.deepEqual(annotationsOf(undefined, 2, words), [{ level: "error", title: "slipway", message }]);
  assert.deepEqual(annotationsOf(NOTHING, 2, words), [{ level: "error", title: "slipway", message }]);
  assert.deepEqual(annotationsOf(undefined, 0, words), []);
  assert.deepEqual(annotationsOf(NOTHING, 0, words), []);
});

test("Chinese", () => {
  const errors = Array.from({ length: 12 }, (_, at) => error("X", `${at}`));
  assert.equal(
    annotationsOf({ ...NOTHING, errors }, 1, wordsOf("zh-CN")).at(-1)?.message,
    "另有 3 条，见本步骤的日志和作业的摘要页",
  );
});

/** As the runner reads a line. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function parsed(line: string): Annotation {
  const [, level, title = "", message = ""] = /^::(error|warning) title=([^:,]*)::(.*)$/s.exec(line) ?? [];
  assert.ok(level === "error" || level === "warning", line);
  const plain = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const open = plain(title).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
  return { level, title: open, message: plain(message).replaceAll("%25", "%") };
}

test("no text ends its line or begins another command", () => {
  const text = fc
    .array(fc.constantFrom("::error::", "\n", "\r\n", "%", "0A", ":", ",", "a"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (title, message) => {
      const line = annotationLine({ level: "warning", title, message });
      assert.doesNotMatch(line, /[\r\n]/);
      assert.deepEqual(parsed(line), { level: "warning", title, message });
    }),
    { seed: 7, numRuns: 300 },
  );
});
