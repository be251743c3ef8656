import assert from "node:assert/strict";
import { test } from "node:test";
import { failure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import { plainPaint } from "./color.ts";
import { failureLines, failuresOf } from "./failure.ts";

const style = { words: wordsOf("en"), paint: plainPaint, debug: false };
const missing = (where: string) => failure("CONFIG_KEY_MISSING", { where, key: "to" });

test("failure: several problems of a file are one line each, a shared hint once", () => {
  const bundle = failure(
    "CONFIG_INVALID",
    { file: "slipway.yaml", count: 2 },
    { cause: new AggregateError([missing("slipway.yaml:3:5"), missing("slipway.yaml:9:5")]) },
  );
  assert.deepEqual(failureLines(failuresOf(bundle), style), [
    "error: slipway.yaml:3:5: to is missing",
    "error: slipway.yaml:9:5: to is missing",
    "  `slipway config schema` describes every key",
  ]);
});

test("failure: causes are for debugging", () => {
  const error = failure("CONFIG_UNREADABLE", { file: "x", reason: "no" }, { cause: new Error("EACCES") });
  assert.equal(failureLines([error], style).length, 2);
  assert.ok(failureLines([error], { ...style, debug: true }).some((line) => line.includes("Error: EACCES")));
});

test("failure: what has no name comes with its stack", () => {
  const lines = failureLines(failuresOf(new TypeError("x is not a function")), style);
  assert.match(lines[0] ?? "", /no name for: x is not a function/);
  assert.ok(lines.some((line) => line.includes("failure.test.ts")));
});

test("failure: in Chinese, and safe to print", () => {
  const lines = failureLines([failure("FILE_EXISTS", { file: "a\x1b[2Jb" })], { ...style, words: wordsOf("zh-CN") });
  assert.equal(lines[0], "错误：a\uFFFD[2Jb 已存在");
});
