import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { proseOf } from "./prose.ts";

test("paragraphs, code and links are told apart", () => {
  const answer =
    "Pull `a:1`, see [the page](https://x.example/a).\nStill the first.\n\n    docker pull a:1\n      b\n\n\nLast.";
  assert.deepEqual(proseOf(answer), [
    {
      kind: "paragraph",
      spans: [
        { kind: "text", text: "Pull " },
        { kind: "code", text: "a:1" },
        { kind: "text", text: ", see " },
        { kind: "link", text: "the page", url: "https://x.example/a" },
        { kind: "text", text: ". Still the first." },
      ],
    },
    { kind: "code", text: "docker pull a:1\n  b" },
    { kind: "paragraph", spans: [{ kind: "text", text: "Last." }] },
  ]);
});

for (const text of [
  "[x](javascript:alert(1))",
  "[x](data:text/html,x)",
  "<b>x</b>",
  "`open",
  "[x] (https://a.example)",
]) {
  test(`nothing else is more than text: ${text}`, () => {
    assert.deepEqual(proseOf(text), [{ kind: "paragraph", spans: [{ kind: "text", text }] }]);
  });
}

test("whatever somebody writes: links go to http alone, and no block is empty", () => {
  const piece = fc.constantFrom(
    "`",
    "[",
    "](",
    "https://a.example",
    "javascript:x",
    ")",
    "\n",
    "\n\n",
    "    ",
    "a",
    " ",
    "\t",
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join("")),
      (text) => {
        for (const block of proseOf(text)) {
          if (block.kind === "code") continue;
          assert.notEqual(block.spans.length, 0);
          for (const span of block.spans) if (span.kind === "link") assert.match(span.url, /^https?:\/\//);
        }
      },
    ),
    { seed: 6, numRuns: 500 },
  );
});
