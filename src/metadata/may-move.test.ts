import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseFlavor } from "./flavor.ts";
import { type Move, mayMove } from "./may-move.ts";
import type { FloatingTag, Line } from "./named-tag.ts";
import { parseTagRule } from "./parse-tag-rule.ts";
import { releasing } from "./sample-surroundings.ts";
import { tagsOf } from "./tags.ts";
import { compareVersions, readAs } from "./version.ts";

const tagOf = (line: Line): FloatingTag => ({ name: "floating", kind: "floating", line });
const MOVES: Move = { moves: true };
const heldBy = (newer: string): Move => ({ moves: false, because: "newer", newer });
const PRERELEASE: Move = { moves: false, because: "prerelease" };

const TABLE: readonly (readonly [
  what: string,
  line: Line,
  version: string,
  published: readonly string[],
  move: Move,
])[] = [
  ["the first release", "latest", "1.0.0", [], MOVES],
  ["the next release", "latest", "1.1.0", ["1.0.0", "1.0.1"], MOVES],
  ["the same release again", "latest", "1.1.0", ["1.0.0", "1.1.0"], MOVES],
  ["a patch of an old line", "latest", "1.2.4", ["1.2.3", "2.0.0"], heldBy("2.0.0")],
  ["a patch of an old line, its major", { major: 1 }, "1.2.4", ["1.2.3", "2.0.0"], MOVES],
  ["a patch of an old line, its minor", { major: 1, minor: 2 }, "1.2.4", ["1.2.3", "2.0.0"], MOVES],
  ["an older minor", { major: 1 }, "1.2.4", ["1.3.0", "2.0.0"], heldBy("1.3.0")],
  ["an older patch", { major: 1, minor: 2 }, "1.2.4", ["1.2.5", "1.3.0"], heldBy("1.2.5")],
  ["a prerelease", "latest", "2.1.0-rc.1", ["2.0.0"], PRERELEASE],
  ["a prerelease, its major", { major: 2 }, "2.1.0-rc.1", [], PRERELEASE],
  ["a prerelease, its minor", { major: 2, minor: 1 }, "2.1.0-rc.1", [], PRERELEASE],
  ["a published prerelease holds nothing", "latest", "2.0.1", ["2.1.0-rc.1", "2.0.0"], MOVES],
  ["numbers are compared as numbers", "latest", "1.9.0", ["1.10.0"], heldBy("1.10.0")],
  ["a v does not count", "latest", "v1.9.0", ["v1.10.0"], heldBy("1.10.0")],
  ["build metadata does not count", "latest", "1.9.0+a", ["1.9.0"], MOVES],
  [
    "what is no version does not count",
    "latest",
    "1.0.0",
    ["latest", "9", "9.9", "20240110", "sha-1234567", ""],
    MOVES,
  ],
  ["a branch's tag", "branch", "main", ["9.0.0"], MOVES],
  ["another tag", "other", "0.1.0-rc.1", ["9.0.0"], MOVES],
  ["a version of PEP 440", "latest", "1.2", ["1.1", "1.1.5"], MOVES],
  ["an older one of PEP 440", "latest", "1.2", ["1.10", "20240110", "1.11rc1"], heldBy("1.10")],
  ["a prerelease of PEP 440", "latest", "1.2rc1", [], PRERELEASE],
  ["what is no version", "latest", "main", [], { moves: false, because: "unordered" }],
  ["a version of another line", { major: 1 }, "2.0.0", [], { moves: false, because: "other-line" }],
  ["a version of another minor line", { major: 1, minor: 2 }, "1.3.0", [], { moves: false, because: "other-line" }],
];

for (const [what, line, version, published, move] of TABLE) {
  test(`${what} (${version}): ${JSON.stringify(move)}`, () => {
    assert.deepEqual(mayMove(tagOf(line), version, published), move);
  });
}

test("2.1.0-rc.1 has no tag that moves", () => {
  const rules = ["{{version}}", "{{major}}.{{minor}}", "{{major}}", "latest"].map(parseTagRule);
  const { tags } = tagsOf(rules, releasing("2.1.0-rc.1"));
  assert.deepEqual(tags, [{ name: "2.1.0-rc.1", kind: "version" }]);
});

test("where all tags have a suffix, versions are found inside of it", () => {
  const { tags } = tagsOf(
    [parseTagRule("{{major}}")],
    releasing("1.2.4"),
    parseFlavor(["prefix=x-", "suffix=-alpine"]),
  );
  const published = ["x-2.0.0-alpine", "x-1.2.9-rc.1-alpine", "x--alpine", "x-alpine"];
  const moves = tags.flatMap((tag) => (tag.kind === "floating" ? [[tag.name, mayMove(tag, "1.2.4", published)]] : []));
  assert.deepEqual(moves, [
    ["x-1-alpine", MOVES],
    ["latest", heldBy("2.0.0")],
  ]);
});

const number = fc.integer({ min: 0, max: 3 });
const version = fc
  .tuple(number, number, number, fc.constantFrom("", "", "", "-rc.1", "-rc.2"))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);
const published = fc.array(
  fc.oneof(
    version,
    version.map((text) => `v${text}`),
    fc.constantFrom("latest", "1", "edge"),
  ),
);
const line = fc.constantFrom<Line>("latest", { major: 1 }, { major: 1, minor: 2 }, { major: 0 });
const options = { seed: 7, numRuns: 2000 };

test("the order of what is published does not matter, nor how often it is told", () => {
  fc.assert(
    fc.property(line, version, published, (line, version, published) => {
      const move = mayMove(tagOf(line), version, published);
      assert.deepEqual(mayMove(tagOf(line), version, published.toReversed()), move);
      assert.deepEqual(mayMove(tagOf(line), version, [...published].sort()), move);
      assert.deepEqual(mayMove(tagOf(line), version, [...published, ...published]), move);
    }),
    options,
  );
});

test("a tag that has moved may move to the same version again", () => {
  fc.assert(
    fc.property(line, version, published, (line, version, published) => {
      const move = mayMove(tagOf(line), version, published);
      assert.deepEqual(mayMove(tagOf(line), version, [...published, version]), move);
    }),
    options,
  );
});

test("however releases follow each other, a tag ends at the newest stable version of its line", () => {
  fc.assert(
    fc.property(line, fc.array(version), (line, releases) => {
      let held: string | undefined;
      for (const [index, release] of releases.entries()) {
        if (mayMove(tagOf(line), release, releases.slice(0, index)).moves) held = release;
      }
      const ofLine = releases
        .flatMap((text) => readAs("semver", text) ?? [])
        .filter(({ stability, major, minor }) => {
          if (stability !== "stable") return false;
          return (
            line === "latest" || (typeof line === "object" && line.major === major && (line.minor ?? minor) === minor)
          );
        })
        .sort(compareVersions);
      assert.equal(held, ofLine.at(-1)?.canonical);
    }),
    options,
  );
});
