import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { composeNotes } from "./notes.ts";

const TABLE = "| registry | digest |\n|---|---|\n| a | b |";

test("short notes stay whole", () => {
  const table: readonly (readonly [generated: string, table: string, body: string])[] = [
    ["What's new", TABLE, `What's new\n\n${TABLE}`],
    ["\n What's new \n\n", `\n${TABLE}\n`, `What's new\n\n${TABLE}`],
    ["", TABLE, TABLE],
    ["What's new", "", "What's new"],
    ["", "", ""],
  ];
  for (const [generated, own, body] of table) assert.equal(composeNotes(generated, own), body);
});

test("of long notes the generated part is cut at a line, marked, and the table is whole", () => {
  const generated = "one\ntwo\nthree\nfour\nfive";
  const limit = TABLE.length + 32;
  assert.equal(composeNotes(generated, TABLE, limit + 10), `${generated}\n\n${TABLE}`);
  assert.equal(composeNotes(`${generated}${"x".repeat(40)}`, TABLE, limit), `one\ntwo\n\n…\n\n${TABLE}`);
  assert.equal(composeNotes("x".repeat(200), TABLE, limit), `…\n\n${TABLE}`);
  assert.equal(composeNotes("x".repeat(200), TABLE, TABLE.length + 1), TABLE);
});

test("what a cut leaves open does not swallow the table", () => {
  const rest = "line\n".repeat(100);
  for (const [open, closed] of [
    ["text\n```js\ncode\n", "text\n```js\ncode\nline\n"],
    ["text\n~~~~\n```\n", "text\n~~~~\n```\nline\n"],
    ["text\n```\ncode\n```\n", "text\n```\ncode\n```\nline\n"],
    ["text\n<!-- aside\n", "text\n"],
    ["text\n<!-- aside -->\n", "text\n<!-- aside -->\nline\n"],
  ] as const) {
    const body = composeNotes(open + rest, TABLE, TABLE.length + open.length + 30);
    const fence = /^(?:```|~~~~)/m.exec(closed)?.[0];
    const end = fence !== undefined && !open.endsWith("```\ncode\n```\n") ? `${fence}\n` : "";
    assert.ok(body.startsWith(closed.trimEnd()), body);
    assert.ok(body.endsWith(`${end}\n…\n\n${TABLE}`), body);
  }
});

test("a table that is too long is an error", () => {
  assert.throws(() => composeNotes("", "x".repeat(11), 10), {
    code: "NOTES_TOO_LONG",
    facts: { characters: 11, limit: 10 },
  });
});

test("whatever the notes are, the body fits, ends in the table and is well formed", () => {
  const notes = fc.array(fc.constantFrom("\n", "```", "~~~", "<!--", "-->", "x", "😀", " ", "word "), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(notes, fc.integer({ min: TABLE.length, max: 400 }), (parts, limit) => {
      const body = composeNotes(parts.join(""), TABLE, limit);
      assert.ok(body.length <= limit, `${body.length} of ${limit}`);
      assert.ok(body.endsWith(TABLE));
      assert.ok(body.isWellFormed());
    }),
    { seed: 7, numRuns: 1000 },
  );
});
