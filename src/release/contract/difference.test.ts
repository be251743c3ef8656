import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOf } from "../../words/words.ts";
import { firstDifference } from "./difference.ts";
import { languageOfPage, pageComment } from "./page-language.ts";

const CASES: readonly (readonly [found: string | undefined, expected: string, difference: object | undefined])[] = [
  ["a\nb\n", "a\nb\n", undefined],
  ["a\r\nb\r\n", "a\nb\n", undefined],
  ["a\nc\n", "a\nb\n", { line: 2, found: "c", expected: "b" }],
  ["a\n", "a\nb\n", { line: 2, found: "", expected: "b" }],
  ["a\nb\nc", "a\nb", { line: 3, found: "c" }],
  [undefined, "a\n", { line: 1, expected: "a" }],
  ["", "a", { line: 1, found: "", expected: "a" }],
];

for (const [found, expected, difference] of CASES) {
  test(`${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(firstDifference(found, expected), difference);
  });
}

for (const language of ["en", "zh-CN"] as const) {
  test(`a page in ${language} says so`, () => {
    const comment = pageComment("slipway.yaml", wordsOf(language));
    assert.equal(languageOfPage(`${comment}\n\n# Title\n`), language);
    assert.equal(languageOfPage(`# Title\n\n${comment}\n`), undefined);
  });
}

test("a comment ends where it should, whatever the file is called", () => {
  assert.equal(
    pageComment("a-->b.yaml", wordsOf("en")).indexOf("-->"),
    pageComment("a-->b.yaml", wordsOf("en")).length - 3,
  );
});
