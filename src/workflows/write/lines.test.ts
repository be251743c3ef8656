import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { entryLines, flowList, scalar } from "./lines.ts";

const PLAIN = [
  "main",
  "release/1.x",
  "CI (main)",
  "first, then",
  "${{ secrets.A }}",
  "https://a.example/b",
  "./run.sh",
];
const QUOTED = [
  "",
  "on",
  "No",
  "1.10",
  "0x1f",
  "~",
  "-x",
  "a: b",
  "a #b",
  "v[0-9]*",
  "{a}",
  '"',
  "é",
  "${{ a # }}",
  "*",
];

test("what nobody can mistake is written plainly", () => {
  for (const text of PLAIN) assert.equal(scalar(text), text);
  for (const text of QUOTED) assert.equal(scalar(text), JSON.stringify(text));
  assert.equal(flowList(["main", "a, b", "*"]), '[main, "a, b", "*"]');
});

test("a value is read as it was given", () => {
  const piece = fc.constantFrom(
    "a",
    "1",
    " ",
    ",",
    ": ",
    " #",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "\\",
    "on",
    "-",
    ".",
    "e",
    "$",
    "|",
    "\n",
    "\t",
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 3 }), (value, list) => {
      for (const version of ["1.1", "1.2"] as const) {
        const [line = ""] = entryLines({ key: "a", value, comment: "why" });
        assert.deepEqual(parse(line, { version }), { a: value });
        assert.deepEqual(parse(flowList(list), { version }), list);
      }
    }),
    { seed: 11, numRuns: 500 },
  );
});
