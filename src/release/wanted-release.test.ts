import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { ReleaseSettings } from "../config/slipway/publishing.ts";
import type { Digest } from "../oci/digest.ts";
import { atGitHub } from "../testing/github/client.ts";
import { temporaryFolder } from "../testing/index.ts";
import { imageTable } from "./release-body.ts";
import { memoryOutlet } from "./simulation/samples.ts";
import { notesOf, type ReleaseMaterial, wantedRelease } from "./wanted-release.ts";

const A: Digest = `sha256:${"a".repeat(64)}`;
const B: Digest = `sha256:${"b".repeat(64)}`;
const ONE = memoryOutlet("one");
const TWO = memoryOutlet("two", { required: false });

function materialIn(folder: string, version: string, served = [{ outlet: ONE, digest: A }]): ReleaseMaterial {
  return { folder, version, outlets: [ONE, TWO], served, assets: [], target: "abc" };
}

test("what the settings do not say", async () => {
  const { latest, table, ...wanted } = await wantedRelease({}, materialIn("/nowhere", "1.2.3"));
  assert.deepEqual(wanted, {
    tag: "v1.2.3",
    name: "v1.2.3",
    target: "abc",
    prerelease: false,
    notes: { kind: "generate" },
    assets: [],
  });
});

test("what the settings say", async () => {
  const settings = { tag: "app/{{version}}", name: "App {{major}}.{{minor}}", target: "main", notes: "none" };
  const wanted = await wantedRelease(settings, materialIn("/nowhere", "1.2.3-rc.1"));
  const { tag, name, target, prerelease, notes } = wanted;
  assert.deepEqual(
    { tag, name, target, prerelease, notes },
    { tag: "app/1.2.3-rc.1", name: "App 1.2", target: "main", prerelease: true, notes: { kind: "text", text: "" } },
  );
});

test("the table has what is served, and keeps what the release names of an outlet that is down", async () => {
  const { table } = await wantedRelease({}, materialIn("/nowhere", "1.2.3"));
  const [one, two] = [ONE.target.name, TWO.target.name];
  assert.equal(table(new Map()), imageTable("1.2.3", [{ repository: one, digest: A }]));
  assert.equal(
    table(
      new Map([
        [two, B],
        [one, B],
        ["elsewhere.test/acme/app", B],
      ]),
    ),
    imageTable("1.2.3", [
      { repository: one, digest: A },
      { repository: two, digest: B },
    ]),
  );
});

test("notes: GitHub's, none, a file by its version, a file that cannot be read", async () => {
  await using folder = await temporaryFolder("notes");
  await mkdir(join(folder.path, "notes"));
  await writeFile(join(folder.path, "notes/1.2.3.md"), "# All is new\n");
  assert.deepEqual(await notesOf({}, folder.path, "1.2.3"), { kind: "generate" });
  assert.deepEqual(await notesOf({ notes: "generate" }, folder.path, "1.2.3"), { kind: "generate" });
  assert.deepEqual(await notesOf({ notes: "none" }, folder.path, "1.2.3"), { kind: "text", text: "" });
  const notes = "notes/{{version}}.md";
  assert.deepEqual(await notesOf({ notes }, folder.path, "1.2.3"), { kind: "text", text: "# All is new\n" });
  await assert.rejects(notesOf({ notes }, folder.path, "1.2.4"), (error: unknown) => {
    assert.ok(error instanceof Error && "code" in error && "facts" in error);
    assert.equal(error.code, "NOTES_UNREADABLE");
    assert.match(JSON.stringify(error.facts), /"file":"notes\/1\.2\.4\.md","reason":"ENOENT/);
    return true;
  });
});

const LATEST: readonly (readonly [
  what: string,
  published: string | undefined,
  version: string,
  settings: ReleaseSettings,
  isLatest: boolean,
])[] = [
  ["the first release", undefined, "1.2.3", {}, true],
  ["a newer one", "v1.2.3", "1.2.4", { latest: "auto" }, true],
  ["the same one", "v1.2.3", "1.2.3", {}, true],
  ["a patch of an old line", "v2.0.0", "1.2.4", {}, false],
  ["a patch of an old line, by a tag of parts", "v2.0.0", "1.2.4", { tag: "v{{major}}.{{minor}}.{{patch}}" }, false],
  ["a patch of an old line, as the settings say", "v2.0.0", "1.2.4", { latest: "true" }, true],
  ["a newer one, as the settings say", "v1.2.3", "1.2.4", { latest: "false" }, false],
  ["the latest one is no version of this project", "nightly", "1.2.4", {}, true],
  ["the latest one is of another program", "other/v9.0.0", "1.2.4", { tag: "app/v{{version}}" }, true],
];

for (const [what, published, version, settings, isLatest] of LATEST) {
  test(`whether GitHub shall call ${version} the latest: ${what}: ${isLatest}`, () =>
    atGitHub(async ({ server, github }) => {
      if (published !== undefined) server.putRelease({ tag_name: published, make_latest: "true" });
      const wanted = await wantedRelease(settings, materialIn("/nowhere", version));
      assert.equal(await wanted.latest(github), isLatest);
      assert.deepEqual(server.violations, []);
    }));
}
