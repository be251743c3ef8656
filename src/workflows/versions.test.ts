import assert from "node:assert/strict";
import { test } from "node:test";
import { atGitHub } from "../testing/github/client.ts";
import { newestVersions, releaseInUse, takeNewer } from "./newer-versions.ts";
import { publishedVersion } from "./published-version.ts";
import { ACTION_RELEASES, ACTION_VERSIONS, type ActionVersion } from "./versions.ts";
import { formatActionVersions, parseActionVersions } from "./versions-file.ts";

const [A, B, C] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)] as const;
const of = (action: string, version: string, commit: string = A): ActionVersion => ({ action, version, commit });

test("the table is of releases and commits, each action once", () => {
  for (const { action, version, commit } of ACTION_VERSIONS) {
    assert.match(action, /^[\w-]+\/[\w-]+$/);
    assert.match(version, /^v\d+\.\d+\.\d+$/);
    assert.match(commit, /^[0-9a-f]{40}$/);
  }
  assert.equal(new Set(ACTION_VERSIONS.map(({ commit }) => commit)).size, Object.keys(ACTION_RELEASES).length);
});

test("what a project has is used where it is newer than what Slipway came with", () => {
  const known = ACTION_RELEASES["actions/checkout"];
  assert.deepEqual(releaseInUse("actions/checkout", []), known);
  assert.deepEqual(releaseInUse("actions/checkout", [of("actions/checkout", "v1.0.0")]), known);
  assert.equal(releaseInUse("actions/checkout", [of("actions/checkout", "v99.0.0")]).commit, A);
  const both = [of("a/a", "v1.2.0"), of("b/b", "v2.0.0")];
  assert.deepEqual(newestVersions(both, [of("a/a", "v1.10.0", B), of("b/b", "v1.9.9", B)]), [
    of("a/a", "v1.10.0", B),
    both[1],
  ]);
});

test("newer versions are taken, older ones never, and another major only where it is wanted", () => {
  const known = [of("a/a", "v1.2.0"), of("b/b", "v2.0.0"), of("c/c", "v3.0.0"), of("d/d", "v4.0.0")];
  const found = [of("a/a", "v1.10.0", B), of("b/b", "v1.9.0", B), of("c/c", "v4.0.0", B), of("d/d", "v4.0.0")];
  const careful = takeNewer(known, found, false);
  assert.deepEqual(careful.versions, [found[0], known[1], known[2], known[3]]);
  assert.deepEqual(careful.changes, [
    { action: "a/a", from: "v1.2.0", to: "v1.10.0", state: "taken" },
    { action: "c/c", from: "v3.0.0", to: "v4.0.0", state: "held" },
  ]);
  assert.deepEqual(takeNewer(known, found, true).versions, [found[0], known[1], found[2], known[3]]);
});

test("a tag that has been moved is told, and not followed", () => {
  assert.throws(() => takeNewer([of("a/a", "v1.2.0", A)], [of("a/a", "v1.2.0", C)], true), {
    code: "ACTION_TAG_MOVED",
    facts: { action: "a/a", version: "v1.2.0", was: A, is: C },
  });
});

test("a file of versions is read as it was written, from JSON as well", () => {
  const versions = [of("b/b", "v2.0.0", B), of("a/a", "v1.10.0")];
  const text = formatActionVersions(versions);
  assert.deepEqual(parseActionVersions(text, "x.yaml"), [versions[1], versions[0]]);
  assert.equal(formatActionVersions([...versions].reverse()), text);
  assert.deepEqual(parseActionVersions(`{"a/a": {"version": "v1.0.0", "commit": "${"1".repeat(40)}"}}`, "x.json"), [
    of("a/a", "v1.0.0", "1".repeat(40)),
  ]);
  assert.deepEqual(parseActionVersions("# nothing yet\n", "x.yaml"), []);
});

const INVALID: readonly (readonly [text: string, reason: RegExp])[] = [
  ["a/a: v1.0.0\n", /^a\/a: /],
  [`a: { version: v1.0.0, commit: ${A} }\n`, /OWNER\/NAME/],
  [`a/a: { version: main, commit: ${A} }\n`, /^a\/a: version: expected the tag of a release/],
  [`a/a: { version: v1.0.0-rc.1, commit: ${A} }\n`, /^a\/a: version: /],
  ["a/a: { version: v1.0.0, commit: abc }\n", /^a\/a: commit: expected a commit/],
  [`a/a: { version: v1.0.0, commit: ${A}, more: 1 }\n`, /more/],
  ["a/a: { version\n", /./],
  [`a/a: { version: v1.0.0, commit: ${A} }\na/a: { version: v2.0.0, commit: ${A} }\n`, /unique/],
];
for (const [text, reason] of INVALID) {
  test(`no versions: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parseActionVersions(text, "x.yaml"),
      (error: { code: string; facts: { file: string; reason: string } }) => {
        assert.equal(error.code, "ACTION_VERSIONS_INVALID");
        assert.equal(error.facts.file, "x.yaml");
        assert.match(error.facts.reason, reason);
        return true;
      },
    );
  });
}

test("what is published is the latest release's tag, and the commit that it stands for", () =>
  atGitHub(async ({ server, github }) => {
    await assert.rejects(publishedVersion("acme/app", github), { code: "ACTION_RELEASE_MISSING" });
    server.putRelease({ tag_name: "v1.2.3" });
    assert.deepEqual(await publishedVersion("acme/app", github), of("acme/app", "v1.2.3", server.head));
    server.putRelease({ tag_name: "nightly" });
    await assert.rejects(publishedVersion("acme/app", github), {
      code: "ACTION_RELEASE_MISSING",
      facts: { action: "acme/app" },
    });
  }));
