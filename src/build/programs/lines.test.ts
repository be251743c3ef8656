import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { lineSplitter } from "./lines.ts";

function linesOf(...chunks: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.add(chunk);
  splitter.end();
  return lines;
}

describe("lines of output", () => {
  for (const [what, text, expected] of [
    ["end at a line feed", "one\ntwo\n", ["one", "two"]],
    ["end at a carriage return, as progress bars do", "10%\r20%\r\ndone", ["10%", "20%", "done"]],
    ["may be the last without an end", "one\ntw", ["one", "tw"]],
    ["are dropped where nothing is in them", "\n \n\u001b[0m\nx\n", ["x"]],
    ["lose colours", "\u001b[91mdocker: unknown command\u001b[0m\n", ["docker: unknown command"]],
    ["cannot ring or move the cursor", "a\u0007b\u0008c\n", ["a b c"]],
    ["keep what stands before them", "  indented\n", ["  indented"]],
  ] as const) {
    it(what, () => assert.deepEqual(linesOf(text), expected));
  }

  it("are cut where one is far too long", () => {
    assert.deepEqual(
      linesOf("x".repeat(100_000), "y\nz").map(({ length }) => length),
      [8192, 1],
    );
  });

  it("are the same, however the text is cut into chunks", () => {
    const pieces = fc.array(fc.constantFrom("a", "b", " ", "\n", "\r", "\u001b[1m", "é"), { maxLength: 30 });
    const property = fc.property(pieces, fc.array(fc.nat(40)), (parts, cuts) => {
      const text = parts.join("");
      const at = [0, ...cuts.filter((cut) => cut < text.length).sort((one, other) => one - other), text.length];
      const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
      assert.deepEqual(linesOf(...chunks), linesOf(text));
    });
    fc.assert(property, { seed: 7, numRuns: 300 });
  });
});
