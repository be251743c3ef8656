import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../../words/error.ts";
import { problemsOf } from "./problems.ts";
import { readTree } from "./read-tree.ts";
import { entryOf, plainOf, treeAt } from "./tree.ts";

const expected = "something";
const read = (text: string, duplicateKeys = false) => readTree({ file: "f.yaml", text }, { expected, duplicateKeys });

/** The problems of a file, as `CODE where`. */
function problems(text: string, duplicateKeys = false): readonly string[] {
  try {
    read(text, duplicateKeys);
  } catch (error) {
    if (error instanceof SlipwayError) return problemsOf(error).map(({ code, facts }) => `${code} ${facts.where}`);
    throw error;
  }
  return [];
}

const BAD: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
  ["an empty file", "", ["CONFIG_EMPTY f.yaml:1:1"]],
  ["a file of comments", "# nothing\n\n", ["CONFIG_EMPTY f.yaml:1:1"]],
  ["a file of null", "~\n", ["CONFIG_EMPTY f.yaml:1:1"]],
  ["a tab for indentation", "a:\n\tb: 1\n", ["CONFIG_SYNTAX f.yaml:2:1"]],
  ["an open list", "a: [1,\nb: 2\n", ["CONFIG_SYNTAX f.yaml:2:1"]],
  ["an open quote", "a: 'x\n", ["CONFIG_SYNTAX f.yaml:2:1"]],
  ["two values on a line", "a: b: c\n", ["CONFIG_SYNTAX f.yaml:1:4"]],
  ["two documents", "a: 1\n---\nb: 1\n", ["CONFIG_SYNTAX f.yaml:2:1"]],
  [
    "keys given twice",
    "a: 1\nb: 1\na: 2\nb: 2\n",
    ["CONFIG_KEY_DUPLICATE f.yaml:3:1", "CONFIG_KEY_DUPLICATE f.yaml:4:1"],
  ],
  ["a key given twice deeper", "a:\n  b: 1\n  b: 2\n", ["CONFIG_KEY_DUPLICATE f.yaml:3:3"]],
  ["an alias of nothing", "a: *x\n", ["CONFIG_SYNTAX f.yaml:1:4"]],
  ["a list as a key", "? [a]\n: 1\n", ["CONFIG_SYNTAX f.yaml:1:3"]],
  ["__proto__", "a:\n  __proto__: { b: 1 }\n", ["CONFIG_SYNTAX f.yaml:2:3"]],
  ["a merge of text", "<<: x\n", ["CONFIG_SYNTAX f.yaml:1:5"]],
  ["an alias of itself", "a: &x [*x]\n", ["CONFIG_SYNTAX f.yaml:1:7"]],
];

for (const [name, text, wanted] of BAD) {
  test(`S33: ${name} is named with its line and column`, () => {
    assert.deepEqual(problems(text), wanted);
  });
}

test("S33: an alias bomb ends at the limit, quickly", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level += 1) {
    const aliases = Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ");
    lines.push(`a${level}: &a${level} [${aliases}]`);
  }
  const [first] = problems(lines.join("\n"));
  assert.match(first ?? "", /^CONFIG_SYNTAX f\.yaml:/);
});

test("deep nesting is an error, not a crash", () => {
  assert.match(problems("[".repeat(20_000)).join(), /CONFIG_SYNTAX/);
  assert.match(problems(`${"[".repeat(80)}${"]".repeat(80)}`).join(), /CONFIG_SYNTAX/);
});

test("scalars are text as it was written, except quoted and block text", () => {
  const tree = read("a: 1.10\nb: 0x1F\nc: 'q ''x'''\nd: yes\ne: ~\nf:\ng: |\n  line\n3.10: key\n");
  const wanted = { a: "1.10", b: "0x1F", c: "q 'x'", d: "yes", e: null, f: null, g: "line\n", "3.10": "key" };
  assert.deepEqual({ ...Object(plainOf(tree)) }, wanted);
});

test("merge keys and aliases: own keys win, then earlier ones", () => {
  const tree = read("x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz:\n  <<: [*x, *y]\n  a: 0\nquoted: { '<<': 1 }\n");
  const json = JSON.stringify(plainOf(tree));
  assert.deepEqual(JSON.parse(json).z, { a: "0", b: "1", c: "2" });
  assert.deepEqual(JSON.parse(json).quoted, { "<<": "1" });
});

test("keys that come twice are kept where the format says so, JSON as well", () => {
  for (const text of ["a: 1\na: 2\n", '{\n\t"a": 1,\n\t"a": 2\n}\n']) {
    const tree = read(text, true);
    assert.ok(tree.kind === "mapping");
    const entries = tree.entries.map(({ key, value }) => [key, plainOf(value)]);
    assert.deepEqual(entries, [
      ["a", "1"],
      ["a", "2"],
    ]);
    assert.equal(plainOf(entryOf(tree, "a")?.value ?? tree), "2");
  }
});

test("every part knows its place", () => {
  const tree = read("a:\n  - b: x\n    c: [y,  z]\n");
  assert.deepEqual(treeAt(tree, ["a", 0, "c", 1])?.place, { file: "f.yaml", line: 3, column: 13 });
  assert.deepEqual(treeAt(tree, ["a", 0])?.place, { file: "f.yaml", line: 2, column: 5 });
  assert.equal(treeAt(tree, ["a", 7, "c"]), undefined);
});

test("any JSON is read as it is", () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.string({ unit: "grapheme" }), tie("list"), tie("mapping")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    mapping: fc.dictionary(
      fc.string({ unit: "grapheme" }).filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  })).mapping;
  fc.assert(
    fc.property(json, (value) => {
      assert.deepEqual(
        JSON.parse(JSON.stringify(plainOf(read(JSON.stringify(value))))),
        JSON.parse(JSON.stringify(value)),
      );
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("any text is read, or refused as a SlipwayError", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab:-[]{}&*?!|>'\"%@#,<~\n \t1.$") });
  fc.assert(
    fc.property(text, (yaml) => {
      problems(yaml);
    }),
    { seed: 7, numRuns: 1500 },
  );
});
