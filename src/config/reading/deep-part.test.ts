import assert from "node:assert/strict";
import { test } from "node:test";
import { deepPart } from "./deep-part.ts";

const CASES: readonly (readonly [name: string, text: string, offset: number | undefined])[] = [
  ["brackets", "a: [[[x]]]", 5],
  ["braces and brackets", "{ a: [{ b: c }] }", 6],
  ["brackets of another value", "a: [[x]]\nb: [[x]]", undefined],
  ["signs on one line", "a: b\nc:\n- - - d", 12],
  ["signs on lines of their own", "- a\n- b\n- c", undefined],
  ["brackets in text", "a: 'x[[[['\nb: x[[[[\nc: |\n  [[[[", undefined],
  ["brackets in a comment", "a: b # [[[[", undefined],
];

for (const [name, text, offset] of CASES) {
  test(`${name}: ${offset === undefined ? "not too deep" : `too deep at ${offset}`}`, () => {
    assert.equal(deepPart(text, 2), offset);
  });
}

test("S33: megabytes of brackets and of signs are refused at once", () => {
  const started = performance.now();
  assert.equal(deepPart("[".repeat(4_000_000), 64), 64);
  assert.equal(deepPart("- ".repeat(2_000_000), 64), 128);
  assert.ok(performance.now() - started < 1000);
});
