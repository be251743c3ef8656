import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const imports = 'import { describe, test } from "node:test"; import assert from "node:assert/strict";\n';

/** A checkout's tests, one file for each way in which one can end. */
const FILES: Readonly<Record<string, string>> = {
  good: 'describe("suite", () => { test("one", () => {}); }); test("two", async (t) => { await t.test("three", () => {}); });',
  wrong:
    'test("sum", () => assert.equal(1 + 1, 3)); describe("suite", () => { test("inner", () => { throw new Error("inside"); }); });',
  skipped: 'test("later", { skip: true }, () => {});',
  empty: "console.log(typeof test, typeof describe, typeof assert);",
  broken: 'import "./nowhere.ts";',
};

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  mkdirSync(join(folder, "src"));
  for (const [name, code] of Object.entries(FILES)) {
    writeFileSync(join(folder, `src/${name}.test.ts`), imports + code);
  }
});

after(() => rmSync(folder, { recursive: true }));

/** Runs `npm test -- TEXT` there; node:test runs no files from within its own tests, so its mark is taken away. */
function npmTest(text: string) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const script = join(import.meta.dirname, "test.ts");
  const { status, stdout } = spawnSync(process.execPath, [script, text], { cwd: folder, env, encoding: "utf8" });
  return { status, output: stdout, closing: stdout.trimEnd().split("\n").at(-1) };
}

test("tests that pass are counted, their suites are not", () => {
  const { status, closing, output } = npmTest("good");
  assert.deepEqual({ status, closing }, { status: 0, closing: "3 passed, 0 failed" });
  assert.match(output, /== only the 1 of 5 test files whose path contains "good"/);
});

const failing: readonly (readonly [string, string, readonly RegExp[]])[] = [
  [
    "wrong",
    "0 passed, 2 failed",
    [/^✖ sum \(src\/wrong\.test\.ts:2\)\n.*AssertionError/m, /^✖ inner .*\n.*Error: inside/m],
  ],
  ["skipped", "0 passed, 1 failed", [/^✖ later .*\n.*it was skipped/m]],
  ["empty", "0 passed, 1 failed", [/^✖ src\/empty\.test\.ts\n.*it holds no test/m]],
  ["broken", "0 passed, 1 failed", [/^✖ src\/broken\.test\.ts\n[\s\S]*Cannot find module/m]],
  ["nothing like it", "0 passed, 1 failed", [/^✖ test files: nothing like it\n.*there is none/m]],
  ["src", "3 passed, 5 failed", []],
];

for (const [text, closing, details] of failing) {
  test(`npm test -- "${text}" ends with ${closing}, and repeats why`, () => {
    const ended = npmTest(text);
    assert.deepEqual({ status: ended.status, closing: ended.closing }, { status: 1, closing });
    const repeated = ended.output.slice(ended.output.lastIndexOf("\n-- "));
    for (const detail of details) assert.match(repeated, detail);
  });
}
