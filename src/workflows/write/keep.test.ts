import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../../words/error.ts";
import { keptNames, withKeptBlocks } from "./keep.ts";
import { outlineOf } from "./outline.ts";

const BASE = `# header
name: Release
on:
  push:
    tags: ["v[0-9]*"]
permissions: {}

jobs:
  release:
    if: >-
      a &&
      b
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@1111 # v1
        with:
          persist-credentials: false
      - uses: docker/setup-buildx-action@2222 # v2
      - name: Release
        env:
          TOKEN: x
        run: |
          one: two
          slipway release
`;

/** BASE with a newer action, another step before the last, and another variable. */
const NEWER = BASE.replace("@2222 # v2", "@3333 # v3\n        with:\n          driver: x")
  .replace("      - name: Release", "      - name: Version\n        run: echo\n      - name: Release")
  .replace("          TOKEN: x\n", "          TOKEN: x\n          OTHER: y\n");

function block(indent: number, name = "mine", content = "extra: 1"): string {
  const pad = " ".repeat(indent);
  return `${pad}# slipway:keep ${name}\n${pad}${content}\n${pad}# /slipway:keep\n`;
}

/** A text with a block in it after a line. */
function after(text: string, line: string, added: string): string {
  assert.equal(text.split(`${line}\n`).length, 2, line);
  return text.replace(`${line}\n`, `${line}\n${added}`);
}

const step = (name?: string) => block(6, name, "- run: make");

describe("a block", () => {
  const PLACES: readonly (readonly [place: string, line: string, added: string, newLine?: string])[] = [
    ["before all steps", "    steps:", step()],
    ["behind a step", "      - uses: docker/setup-buildx-action@2222 # v2", step(), "          driver: x"],
    ["behind a step with more lines", "          persist-credentials: false", step()],
    ["behind the last step", "          slipway release", step()],
    ["at the end of a step", "          slipway release", block(8, "mine", "shell: bash")],
    ["in a step's variables", "          TOKEN: x", block(10, "mine", "MORE: 1"), "          OTHER: y"],
    ["in a job's rights", "      contents: read", block(6, "mine", "pages: write")],
    ["at the end of a job", "          slipway release", block(4, "mine", "services: {}")],
    ["behind a key of a job", "    runs-on: ubuntu-latest", block(4, "mine", "env: {}")],
    ["behind a job", "          slipway release", block(2, "mine", "more: { runs-on: x }")],
    ["before all jobs", "jobs:", block(2, "mine", "more: { runs-on: x }")],
    ["behind a trigger", '    tags: ["v[0-9]*"]', block(2, "mine", "workflow_call:")],
    ["behind a key of the workflow", "permissions: {}", block(0, "mine", "env: {}")],
    ["at the end of the file", "          slipway release", block(0, "mine", "env: {}")],
  ];
  for (const [place, line, added, newLine = line] of PLACES) {
    test(`${place} stays there`, () => {
      const there = after(BASE, line, added);
      assert.equal(withKeptBlocks(there, BASE, "x.yml"), there, "nothing is written where nothing changed");
      const newer = withKeptBlocks(there, NEWER, "x.yml");
      assert.equal(newer, after(NEWER, newLine.replace("@2222 # v2", "@3333 # v3"), added));
      assert.equal(withKeptBlocks(newer, NEWER, "x.yml"), newer);
    });
  }

  test("keeps its lines, comments and empty lines as they are, also before it", () => {
    const own = "\n    # slipway:keep a\n    env:\n\n      A:   'b' # why\n\n    # /slipway:keep\n";
    const there = after(BASE, "    runs-on: ubuntu-latest", own);
    assert.equal(withKeptBlocks(there, BASE, "x.yml"), there);
  });

  test("several at one place stay in their order, the deeper ones first", () => {
    const own = `${step("one")}${step("two")}${block(4, "three", "env: {}")}\n${block(0, "four", "env: {}")}`;
    const there = `${BASE}${own}`;
    assert.equal(withKeptBlocks(there, BASE, "x.yml"), there);
    assert.deepEqual(keptNames(there, "x.yml"), ["one", "two", "three", "four"]);
  });

  test("lines that end as on Windows are no others", () => {
    const there = after(BASE, "    steps:", step());
    assert.equal(withKeptBlocks(there.replaceAll("\n", "\r\n"), BASE, "x.yml"), there);
  });
});

const REFUSED: readonly (readonly [what: string, there: string, code: string, facts: object])[] = [
  [
    "whose step is gone",
    after(BASE, "      - uses: docker/setup-buildx-action@2222 # v2", step("mine")).replace("buildx", "other"),
    "WORKFLOW_KEEP_HOMELESS",
    { file: "x.yml", name: "mine", place: "jobs.release.steps.docker/setup-other-action" },
  ],
  [
    "whose job is gone",
    after(BASE, "    runs-on: ubuntu-latest", block(4)).replace("  release:", "  other:"),
    "WORKFLOW_KEEP_HOMELESS",
    { file: "x.yml", name: "mine", place: "jobs.other.runs-on" },
  ],
  [
    "before all",
    `${block(0)}${BASE}`,
    "WORKFLOW_KEEP_HOMELESS",
    { file: "x.yml", name: "mine", place: "the beginning" },
  ],
  [
    "that says what is said already",
    after(BASE, "          slipway release", block(8, "mine", "env: {}")),
    "WORKFLOW_KEEP_UNFIT",
    { file: "x.yml", names: "mine" },
  ],
  [
    "without a name",
    after(BASE, "    steps:", step("")),
    "WORKFLOW_KEEP_BROKEN",
    { file: "x.yml", line: 17, reason: "the block has no name" },
  ],
  [
    "without an end",
    after(BASE, "    steps:", "      # slipway:keep mine\n"),
    "WORKFLOW_KEEP_BROKEN",
    { file: "x.yml", line: 17, reason: "the block mine has no end" },
  ],
  [
    "that only ends",
    after(BASE, "    steps:", "      # /slipway:keep\n"),
    "WORKFLOW_KEEP_BROKEN",
    { file: "x.yml", line: 17, reason: "it ends a block that has not begun" },
  ],
  [
    "in another",
    after(BASE, "    steps:", step("one").replace("- run: make", "# slipway:keep two")),
    "WORKFLOW_KEEP_BROKEN",
    { file: "x.yml", line: 18, reason: "it stands in the block one" },
  ],
  [
    "of a name that is taken",
    after(BASE, "    steps:", `${step()}${step()}`),
    "WORKFLOW_KEEP_BROKEN",
    { file: "x.yml", line: 20, reason: "there are two blocks mine" },
  ],
];

for (const [what, there, code, facts] of REFUSED) {
  test(`a block ${what} is refused, not lost`, () => {
    assert.throws(
      () => withKeptBlocks(there, BASE, "x.yml"),
      (error) => {
        assert.ok(error instanceof SlipwayError);
        assert.equal(error.code, code);
        assert.deepEqual({ ...error.facts, ...facts }, error.facts);
        return true;
      },
    );
  });
}

test("an outline has keys and steps, and nothing of what is in scripts and conditions", () => {
  assert.deepEqual(
    outlineOf(BASE.split("\n")).map(({ id }) => id),
    [
      "name",
      "on",
      "on.push",
      "permissions",
      "jobs",
      "jobs.release",
      "jobs.release.if",
      "jobs.release.runs-on",
      "jobs.release.permissions",
      "jobs.release.steps",
      "jobs.release.steps.actions/checkout",
      "jobs.release.steps.actions/checkout.with",
      "jobs.release.steps.docker/setup-buildx-action",
      "jobs.release.steps.Release",
      "jobs.release.steps.Release.env",
      "jobs.release.steps.Release.run",
    ],
  );
});

test("wherever blocks are, they are all kept with all of their lines, or refused", () => {
  const lines = BASE.split("\n");
  const place = fc.record({
    at: fc.integer({ min: 0, max: lines.length - 1 }),
    indent: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 4 }), (places) => {
      const sorted = places.toSorted((one, other) => other.at - one.at);
      const there = sorted
        .reduce<readonly string[]>(
          (all, { at, indent }, index) => all.toSpliced(at, 0, block(indent, `n${index}`, `# mine ${index}`).trimEnd()),
          lines,
        )
        .join("\n");
      try {
        const kept = withKeptBlocks(there, NEWER, "x.yml");
        assert.deepEqual(new Set(keptNames(kept, "x.yml")), new Set(places.map((_, index) => `n${index}`)));
        for (const index of places.keys()) assert.ok(kept.includes(`# mine ${index}`));
        assert.equal(withKeptBlocks(kept, NEWER, "x.yml"), kept, "twice is as once");
      } catch (thrown) {
        assert.ok(thrown instanceof SlipwayError && /^WORKFLOW_KEEP_/.test(thrown.code), String(thrown));
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});
