import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TagSelection } from "../config/index.ts";
import { isReferrerTag } from "./referrer-tags.ts";
import { needsListing, selectTags } from "./select-tags.ts";

const LISTED = ["1.0.0", "1.9", "1.10", "2.0.0-rc1", "2.0.0", "latest", "nightly-a", "nightly-b", "v3"];

const SELECTIONS: readonly (readonly [name: string, selection: TagSelection, tags: readonly string[]])[] = [
  ["nothing said: all", {}, LISTED],
  ["a range, without prereleases", { semver: ">=1.9" }, ["1.9", "1.10", "2.0.0", "v3"]],
  ["a range with prereleases", { semver: ">=2.0.0-0" }, ["2.0.0-rc1", "2.0.0", "v3"]],
  ["globs and names", { match: ["1.*", "latest", "absent"] }, ["1.0.0", "1.9", "1.10", "latest"]],
  ["an expression, unanchored", { match: ["/rc|b$/"] }, ["2.0.0-rc1", "nightly-b"]],
  ["a range and a pattern: both", { semver: ">=1", match: ["1.1*", "latest"] }, ["1.10"]],
  [
    "include adds to a range",
    { semver: "^2", include: ["latest", "nightly-*"] },
    ["2.0.0", "latest", "nightly-a", "nightly-b"],
  ],
  ["include alone is all there is", { include: ["nightly-*"] }, ["nightly-a", "nightly-b"]],
  ["a name that is not listed stays, so that it fails loudly", { include: ["absent"] }, ["absent"]],
  ["exclude wins over all", { include: ["latest", "v3"], exclude: ["latest"] }, ["v3"]],
  ["exclude from all", { exclude: ["nightly-*", "/^[0-9]/"] }, ["latest", "v3"]],
  ["the newest by version", { newest: 2 }, ["2.0.0", "v3"]],
  ["the newest: versions, then the last listed", { match: ["nightly-*", "1.0.0"], newest: 2 }, ["1.0.0", "nightly-b"]],
  ["named tags do not count among the newest", { semver: ">=1", include: ["latest"], newest: 1 }, ["latest", "v3"]],
  ["excluded ones do not count either", { semver: ">=1", exclude: ["v3"], newest: 1 }, ["2.0.0"]],
];

for (const [name, selection, tags] of SELECTIONS) {
  test(`tags: ${name}`, () => assert.deepEqual(selectTags(LISTED, selection), tags));
}

test("a selection is a part of what is listed and named, each once, and excludes what it says", () => {
  const pattern = fc.constantFrom<string>("1.*", "latest", "/a/", "*", "v3", "absent");
  const selection = fc.record(
    {
      semver: fc.constantFrom(">=1", "^2"),
      match: fc.array(pattern),
      include: fc.array(pattern),
      exclude: fc.array(pattern),
      newest: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.subarray(LISTED), selection, (listed, wanted) => {
      const selected = selectTags(listed, wanted);
      assert.equal(new Set(selected).size, selected.length);
      for (const tag of selected) assert.ok(listed.includes(tag) || wanted.include?.includes(tag));
      for (const tag of selected) assert.ok(!wanted.exclude?.includes(tag) && !wanted.exclude?.includes("*"));
      const { newest, ...unlimited } = wanted;
      const more = selectTags(listed, unlimited);
      for (const tag of selected) assert.ok(more.includes(tag));
      const counted = selected.filter((tag) => !wanted.include?.includes(tag));
      if (newest !== undefined) assert.ok(counted.length <= newest);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("names and digests need no list", () => {
  assert.equal(needsListing({ kind: "tags", tags: ["1"] }), false);
  assert.equal(needsListing({ kind: "digest", digest: `sha256:${"a".repeat(64)}` }), false);
  assert.equal(needsListing({ kind: "selection", selection: {} }), true);
});

test("tags of referrers are known by their form", () => {
  const hex = "0123456789abcdef".repeat(4);
  for (const tag of [`sha256-${hex}`, `sha256-${hex}.sig`, `sha256-${hex}.att`, `sha256-${hex}.sbom`]) {
    assert.ok(isReferrerTag(tag), tag);
  }
  for (const tag of [`sha256-${hex}0`, `sha256-${hex}.txt`, "sha256-1", "latest", `x-sha256-${hex}`]) {
    assert.ok(!isReferrerTag(tag), tag);
  }
});
