import assert from "node:assert/strict";
import { test } from "node:test";
import { code, plain, table } from "./markdown.ts";

const CODE: readonly (readonly [text: string, markdown: string])[] = [
  ["latest", "`latest`"],
  ["a`b", "``a`b``"],
  ["`", "`` ` ``"],
  ["a\n b", "`a b`"],
  [" x ", "`  x  `"],
];

for (const [text, markdown] of CODE) {
  test(`${JSON.stringify(text)} is code as ${markdown}`, () => assert.equal(code(text), markdown));
}

test("plain text is no markup", () => {
  assert.equal(plain("a*b_[c](d)<e>|`f`\n&g"), "a\\*b\\_\\[c\\](d)\\<e\\>\\|\\`f\\` \\&g");
});

test("a pipe ends no cell, escaped before or not", () => {
  assert.equal(table(["x"], [[code("a|b")], [plain("a|b")]]), "| x |\n|---|\n| `a\\|b` |\n| a\\|b |");
});
