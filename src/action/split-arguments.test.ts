import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitArguments } from "./split-arguments.ts";

const CASES: readonly (readonly [text: string, args: readonly string[]])[] = [
  ["", []],
  ["  ", []],
  ["\n\n", []],
  ["--log a.log  --json", ["--log", "a.log", "--json"]],
  ["--log 'a b.log'", ["--log", "a b.log"]],
  ['--log "a \\"b\\" \\$c"', ["--log", 'a "b" \\$c']],
  ["a\\ b 'c\\' ''", ["a b", "c\\", ""]],
  ['x"y"z', ["xyz"]],
  ["$(id) `id` $HOME * ; && > f | g", ["$(id)", "`id`", "$HOME", "*", ";", "&&", ">", "f", "|", "g"]],
  ["a\\", ["a\\"]],
  // with a line break: one a line
  ["--for\n1.2.3\n", ["--for", "1.2.3"]],
  ["--for 1.2.3\n", ["--for 1.2.3"]],
  ["a 'b\r\n\r\n  c\"  \n", ["a 'b", 'c"']],
  ["$(id)\n\\", ["$(id)", "\\"]],
];

for (const [text, args] of CASES) {
  test(`args: ${JSON.stringify(text)}`, () => assert.deepEqual(splitArguments(text), args));
}

test("a quote without an end is refused, and told", () => {
  for (const [text, quote] of [
    ["a 'b", "'"],
    ["a \"b' c", '"'],
    ['"a\\"', '"'],
  ] as const) {
    assert.throws(() => splitArguments(text), { code: "ACTION_ARGS_INVALID", facts: { quote } });
  }
});

test("one a line: what stands there is what arrives, whatever signs it has", () => {
  const line = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, "").trim());
  fc.assert(
    fc.property(
      fc.array(
        line.filter((text) => text !== ""),
        { maxLength: 6 },
      ),
      (lines) => {
        assert.deepEqual(splitArguments(`${lines.join("\n")}\n`), lines);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

test("quoted, every text is one word", () => {
  const word = fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ""));
  const quoted = (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`;
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (words) => {
      assert.deepEqual(splitArguments(words.map(quoted).join(" ")), words);
    }),
    { seed: 5, numRuns: 200 },
  );
});
