import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Refusal } from "../refusal.ts";
import { escapeTemplate, parseTemplate, type Template } from "./template.ts";

const text = (value: string) => ({ kind: "text", text: value }) as const;

const GOOD: readonly (readonly [string, Template])[] = [
  ["", []],
  ["plain", [text("plain")]],
  ["^v1$ and $name", [text("^v1$ and $name")]],
  ["a$$b", [text("a"), text("$"), text("b")]],
  ["$${NAME}", [text("$"), text("{NAME}")]],
  ["x${NAME}y", [text("x"), { kind: "variable", name: "NAME" }, text("y")]],
  ["${A:-}", [{ kind: "variable", name: "A", fallback: [] }]],
  ["${A:-b:5/c}", [{ kind: "variable", name: "A", fallback: [text("b:5/c")] }]],
  [
    "${A:-${B:-c}}",
    [{ kind: "variable", name: "A", fallback: [{ kind: "variable", name: "B", fallback: [text("c")] }] }],
  ],
  ["${A:?say so}", [{ kind: "variable", name: "A", needed: "say so" }]],
  ["${file:/run/secrets/x}", [{ kind: "file", path: "/run/secrets/x" }]],
];

for (const [written, parts] of GOOD) {
  test(`reads ${JSON.stringify(written)}`, () => assert.deepEqual(parseTemplate(written), parts));
}

const BAD: readonly (readonly [string, RegExp])[] = [
  ["${", /a name/],
  ["${}", /a name/],
  ["${1A}", /a name/],
  ["${{ secrets.X }}", /a name/],
  ["${A", /closing brace is missing/],
  ["${A:-b", /closing brace is missing/],
  ["${A:?b", /closing brace is missing/],
  ["${A-b}", /after the name/],
  ["${A:+b}", /after the name/],
  ["${file:}", /path of the file/],
  ["${A:-".repeat(500), /nest more than/],
];

for (const [written, reason] of BAD) {
  test(`refuses ${JSON.stringify(written.slice(0, 20))}`, () => {
    assert.throws(
      () => parseTemplate(written),
      (error) => error instanceof Refusal && reason.test(error.message),
    );
  });
}

const anything = fc.string({ unit: fc.constantFrom(..."$${}:-?fileA1 ") });

test("text that was escaped stands for itself", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const parts = parseTemplate(escapeTemplate(value));
      assert.equal(parts.map((part) => (part.kind === "text" ? part.text : assert.fail())).join(""), value);
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test("any text is read or refused", () => {
  fc.assert(
    fc.property(anything, (value) => {
      try {
        parseTemplate(value);
      } catch (error) {
        assert.ok(error instanceof Refusal);
      }
    }),
    { seed: 7, numRuns: 2000 },
  );
});
