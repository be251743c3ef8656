import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change, ChangeStatus } from "./change.ts";
import { matchingChanges, parseFilter, type Quantifier } from "./filter.ts";

const changed = (paths: readonly string[], status: ChangeStatus = "modified"): readonly Change[] =>
  paths.map((path) => ({ path, status }));

type Row = readonly [
  what: string,
  patterns: unknown,
  yes: readonly string[],
  no: readonly string[],
  quantifier?: Quantifier,
  status?: ChangeStatus,
];

/** The first ones are what paths-filter's own tests expect. */
const ROWS: readonly Row[] = [
  ["a glob", "src/**/*.js", ["src/app/module/file.js", "src/a.js"], ["not_src/other_file.js", "src/a.ts"]],
  ["a list of one", ["src/**/*.js"], ["src/app/module/file.js"], ["not_src/other_file.js"]],
  ["the second of a list", ["src/**/*.js", "test/**/*.js"], ["test/test.js"], ["lib/test.js"]],
  ["anything", ["**"], ["test/test.js", ".a/.b"], []],
  ["names with a leading dot", ["**/*.js"], [".test/.test.js"], []],
  ["all but a group", ["!(**/*.tsx|**/*.less)"], ["src/server.py"], ["src/ui.tsx", "src/ui.less"]],
  ["lists in lists", [["common/**/*", ["config/**/*"]], "src/**/*"], ["config/settings.yml", "src/a"], ["lib/a"]],
  ["another status", [{ added: "**/*" }], [], ["file.js"]],
  ["the status", [{ added: "**/*" }], ["file.js"], [], "some", "added"],
  ["one of two statuses", [{ "added|modified": "**/*" }], ["file.js"], []],
  ["neither of two statuses", [{ "added|modified": "**/*" }], [], ["file.js"], "some", "deleted"],
  ["a list for a status", [{ modified: ["common/**/*", ["config/**/*"]] }], ["config/file.js", "common/a"], ["src/a"]],
  ["a mapping that is not in a list", { " Added | MODIFIED ": "*.js" }, ["file.js"], ["file.ts"]],
  ["two mappings at once", { added: "*.js", modified: "*.ts" }, ["a.ts"], ["a.js"]],
  ["every: all have to match", ["pkg/**", "**/*.js"], ["pkg/a.js"], ["pkg/a.ts", "lib/a.js"], "every"],
  [
    "every: exclusions",
    ["pkg/**", "!**/*.md", "!**/*.jpeg"],
    ["pkg/a.ts"],
    ["pkg/a.md", "pkg/x/a.jpeg", "lib/a.ts"],
    "every",
  ],
  ["every: statuses", [{ modified: "pkg/**" }, "!**/*.md"], ["pkg/a.ts"], ["pkg/a.md"], "every"],
  ["some: an exclusion adds nearly all", ["pkg/**", "!**/*.md"], ["pkg/a.md", "lib/a.ts"], ["lib/a.md"]],
  [
    "some: an exclusion for a status adds, too",
    [{ modified: ["pkg/**", "!**/*.md"] }],
    ["pkg/a.md", "lib/a.ts"],
    ["lib/a.md"],
  ],
  ["* stays in its folder", ["src/*"], ["src/a"], ["src/b/a"]],
];

for (const [what, patterns, yes, no, quantifier, status] of ROWS) {
  test(`filter: ${what}`, () => {
    const filter = parseFilter(patterns, quantifier);
    assert.deepEqual(matchingChanges(filter, changed([...yes, ...no], status)), changed(yes, status));
  });
}

test("a filter shows what it was made of", () => {
  const { quantifier, rules } = parseFilter(["a", { "added|deleted": ["b", "c"] }], "every");
  assert.equal(quantifier, "every");
  assert.deepEqual(
    rules.map(({ globs, statuses }) => [globs, statuses]),
    [
      [["a"], undefined],
      [
        ["b", "c"],
        ["added", "deleted"],
      ],
    ],
  );
});

const KNOWN = "added, copied, deleted, modified, renamed, unmerged";
const REFUSED: readonly (readonly [patterns: unknown, text: string, reason: string])[] = [
  [["src/**/*.js", { dict: { some: "value" } }], '{"some":"value"}', "it is not a glob"],
  [{ dict: "a" }, '"dict"', `"dict" is not one of ${KNOWN}`],
  [{ "added|": "a" }, '"added|"', `"" is not one of ${KNOWN}`],
  [{ added: [] }, "[]", "there is no pattern in it"],
  [{ added: [1] }, "1", "it is not a glob"],
  [[], "[]", "there is no pattern in it"],
  [[[], {}], "[[],{}]", "there is no pattern in it"],
  [undefined, "undefined", "it is neither a glob nor a list of them"],
  [null, "null", "it is neither a glob nor a list of them"],
  [[true], "true", "it is neither a glob nor a list of them"],
  ["", '[""]', "Expected pattern to be a non-empty string"],
];

for (const [patterns, text, reason] of REFUSED) {
  test(`${JSON.stringify(patterns)} is no filter: ${reason}`, () => {
    assert.throws(() => parseFilter(patterns), { code: "FILTER_INVALID", facts: { text, reason } });
  });
}
