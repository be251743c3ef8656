import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stringify } from "yaml";
import { examplesOf } from "./fixtures.ts";
import { lintText } from "./lint-text.ts";
import { rules } from "./rules.ts";

function rulesOf(text: string): readonly string[] {
  return lintText("w.yml", text).map(({ rule, place }) => `${place.line} ${rule}`);
}

const STEP = (step: string) => `on: push
permissions: {}
jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
${step}`;

const SUPPRESSIONS: readonly (readonly [name: string, step: string, expected: readonly string[]])[] = [
  ["on the line", "      - uses: acme/tool@v1 # slipway-lint: ignore=unpinned-action it is ours\n", []],
  ["alone above", "      # slipway-lint: ignore=unpinned-action it is ours\n      - uses: acme/tool@v1\n", []],
  [
    "two lines above",
    "      # slipway-lint: ignore=unpinned-action it is ours\n      - name: tool\n        uses: acme/tool@v1\n",
    ["10 unpinned-action"],
  ],
  [
    "behind another line",
    "      - run: a # slipway-lint: ignore=unpinned-action it is ours\n      - uses: acme/tool@v1\n",
    ["9 unpinned-action"],
  ],
  [
    "without a reason",
    "      - uses: acme/tool@v1 # slipway-lint: ignore=unpinned-action\n",
    ["8 unpinned-action", "8 suppression"],
  ],
  [
    "without a rule",
    "      - uses: acme/tool@v1 # slipway-lint: ignore it is ours\n",
    ["8 unpinned-action", "8 suppression"],
  ],
  [
    "of another rule",
    "      - uses: acme/tool@v1 # slipway-lint: ignore=timeout-missing it is ours\n",
    ["8 unpinned-action"],
  ],
  [
    "of several rules",
    "      - uses: acme/tool@v1 # slipway-lint: ignore=timeout-missing,unpinned-action it is ours\n",
    [],
  ],
  [
    "in a script",
    "      - run: |\n          # slipway-lint: ignore=template-injection branches are ours\n          echo ${{ github.ref_name }}\n",
    [],
  ],
];

for (const [name, step, expected] of SUPPRESSIONS) {
  test(`a suppression ${name}`, () => assert.deepEqual(rulesOf(STEP(step)), expected));
}

const REFUSED: readonly (readonly [text: string, line: number])[] = [
  ["", 1],
  ["on: [push\njobs:\n", 2],
  ["a: *nothing\n", 1],
  [`a: ${"[".repeat(200)}`, 1],
  [
    `a0: &a0 x\n${Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join("\n")}\n`,
    1,
  ],
];

for (const [text, line] of REFUSED) {
  test(`${JSON.stringify(text.slice(0, 30))} is one finding, and nothing worse`, () => {
    const findings = lintText("w.yml", text);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["yaml-syntax"],
    );
    if (text.length < 50) assert.equal(findings[0]?.place.line, line);
  });
}

test("what an alias brings in twice is found once", () => {
  const text = STEP("      - &step\n        uses: acme/tool@v1\n      - *step\n");
  assert.deepEqual(rulesOf(text), ["9 unpinned-action"]);
});

test("an action made of steps is judged by its steps; one that is a program, not at all", () => {
  const composite =
    "name: a\nruns:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.name }}\n      shell: bash\n";
  assert.deepEqual(rulesOf(composite), ["5 template-injection"]);
  assert.deepEqual(rulesOf("name: a\nruns:\n  using: node24\n  main: index.js\n"), []);
});

test("a file that Slipway wrote and somebody edited is found only where that is known", () => {
  const text = STEP("      - run: make\n");
  const edited = lintText("w.yml", text, { isEdited: (name, seen) => name === "w.yml" && seen === text });
  assert.deepEqual(
    edited.map(({ rule }) => rule),
    ["slipway-drift"],
  );
  assert.deepEqual(lintText("w.yml", text, { isEdited: () => false }), []);
});

/** Random parts under the keys that rules look at: lists where a mapping is due, and so on. */
const KEYS = [
  "on",
  "jobs",
  "a",
  "steps",
  "uses",
  "run",
  "with",
  "if",
  "env",
  "needs",
  "permissions",
  "tags",
  "push",
  "pull_request",
  "workflow_run",
  "concurrency",
  "strategy",
  "matrix",
  "schedule",
  "cron",
  "types",
];
const TEXTS = [
  "docker/build-push-action@v6",
  "actions/checkout@v4",
  "docker/metadata-action",
  "docker push x:latest",
  "a && (b",
  "${{ secrets[",
  "${{ github.head_ref }}",
  "cat > a.yml <<EOF\na: 1\na: 2\nEOF",
  "cat > b.yaml <<'E'\n- [",
  "a",
  "",
  "true",
  "0 0 * * *",
  "published",
  "gh release create x",
];
const part = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 7, depthSize: "large" },
    fc.constantFrom(...TEXTS),
    fc.constant(null),
    tie("list"),
    tie("mapping"),
  ),
  list: fc.array(tie("any"), { maxLength: 3 }),
  mapping: fc.dictionary(fc.constantFrom(...KEYS), tie("any"), { maxKeys: 5 }),
}));

function holds(text: string): void {
  const lines = text.split("\n").length;
  for (const { rule, place } of lintText("w.yml", text)) {
    assert.ok(rules.some(({ name }) => name === rule));
    assert.ok(place.line >= 1 && place.line <= lines && place.column >= 1, `${rule} at ${place.line}:${place.column}`);
  }
}

test("whatever a workflow holds, the rules do not throw, and every finding is in the file", () => {
  fc.assert(
    fc.property(part.mapping, (workflow) => holds(stringify(workflow))),
    { seed: 11, numRuns: 400 },
  );
});

test("a workflow cut anywhere, or with a part of another in it, throws nothing", () => {
  const texts = examplesOf().flatMap(({ bad, good }) => [bad, good]);
  const cut = fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts), fc.nat(900), fc.nat(900));
  fc.assert(
    fc.property(cut, ([one, other, from, to]) => holds(one.slice(0, from) + other.slice(to))),
    { seed: 11, numRuns: 300 },
  );
});

test("any text throws nothing", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab:-[]{}&*?!|>'\"%@#,<~\n $().") });
  fc.assert(fc.property(text, holds), { seed: 11, numRuns: 500 });
  fc.assert(
    fc.property(text, (script) =>
      holds(STEP(`      - run: ${JSON.stringify(script)}\n        if: ${JSON.stringify(script)}\n`)),
    ),
    { seed: 11, numRuns: 500 },
  );
});
