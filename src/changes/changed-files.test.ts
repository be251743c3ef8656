import assert from "node:assert/strict";
import { mkdtemp, rename, rm, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { baseOf, type ChangeEvent, type Comparison } from "./base.ts";
import { changedFiles } from "./changed-files.ts";
import { type SampleRepository, sampleRepository } from "./sample-repository.ts";

const ZEROS = "0".repeat(40);

const BASES: readonly (readonly [event: ChangeEvent, comparison: Comparison])[] = [
  [
    { kind: "pull-request", baseSha: "abc" },
    { kind: "since-merge-base", base: "abc" },
  ],
  [
    { kind: "push", before: "abc" },
    { kind: "since-commit", base: "abc" },
  ],
  [
    { kind: "push", before: ZEROS },
    { kind: "all", because: "new-branch" },
  ],
  [
    { kind: "push", before: "0".repeat(64) },
    { kind: "all", because: "new-branch" },
  ],
  [
    { kind: "push", before: "" },
    { kind: "all", because: "new-branch" },
  ],
  [{ kind: "push" }, { kind: "all", because: "new-branch" }],
  [{ kind: "tag" }, { kind: "all", because: "no-base" }],
  [{ kind: "schedule" }, { kind: "all", because: "no-base" }],
  [{ kind: "local" }, { kind: "all", because: "no-base" }],
  [
    { kind: "local", base: "main" },
    { kind: "work-tree", base: "main" },
  ],
];

for (const [event, comparison] of BASES) {
  test(`${JSON.stringify(event)} is measured by ${comparison.kind}`, () => assert.deepEqual(baseOf(event), comparison));
}

/** `A path`, sorted by path. */
async function shown(repository: SampleRepository, comparison: Comparison, folder = repository.folder) {
  const changes = await changedFiles(folder, comparison, repository.options);
  return changes.map(({ path, status }) => `${status} ${path}`).sort();
}

test("a push is measured from what was there before", async (context) => {
  const repository = await sampleRepository(context);
  const before = await repository.commit({ kept: "1", changed: "1", gone: "1", "old name": "a long line\n" });
  await unlink(join(repository.folder, "gone"));
  await rename(join(repository.folder, "old name"), join(repository.folder, "new\nname ä"));
  await repository.commit({ changed: "2", "src/new.ts": "1" });
  assert.deepEqual(await shown(repository, baseOf({ kind: "push", before })), [
    "added new\nname ä",
    "added src/new.ts",
    "deleted gone",
    "deleted old name",
    "modified changed",
  ]);
});

test("paths are from the root, also in a folder of it and whatever git is configured to show", async (context) => {
  const repository = await sampleRepository(context);
  const before = await repository.commit({ "a/one": "1", two: "1" });
  await repository.commit({ "a/one": "2", two: "2" });
  for (const [name, value] of Object.entries({
    "diff.relative": "true",
    "diff.renames": "copies",
    "diff.external": "false",
  })) {
    await repository.git("config", name, value);
  }
  const folder = join(repository.folder, "a");
  assert.deepEqual(await shown(repository, { kind: "since-commit", base: before }, folder), [
    "modified a/one",
    "modified two",
  ]);
  const everything: Comparison = { kind: "all", because: "no-base" };
  assert.deepEqual(await shown(repository, everything, folder), ["added a/one", "added two"]);
});

test("a file that became a link is modified", async (context) => {
  const repository = await sampleRepository(context);
  const before = await repository.commit({ file: "1", other: "1" });
  await unlink(join(repository.folder, "file"));
  await symlink("other", join(repository.folder, "file"));
  await repository.commit();
  assert.deepEqual(await shown(repository, { kind: "since-commit", base: before }), ["modified file"]);
});

/** `main` has gone on by a commit since `topic` left it. */
async function diverged(repository: SampleRepository): Promise<string> {
  await repository.commit({ kept: "1", shared: "1" });
  await repository.git("switch", "--quiet", "--create", "topic");
  await repository.commit({ "of topic": "1", shared: "2" });
  await repository.git("switch", "--quiet", "main");
  const base = await repository.commit({ "of main": "1" });
  await repository.git("switch", "--quiet", "topic");
  return base;
}

test("a pull request is measured from where it left its base", async (context) => {
  const repository = await sampleRepository(context);
  const baseSha = await diverged(repository);
  const changes = ["added of topic", "modified shared"];
  assert.deepEqual(await shown(repository, baseOf({ kind: "pull-request", baseSha })), changes);
  await repository.git("switch", "--quiet", "--detach", "main");
  await repository.git("merge", "--quiet", "--no-edit", "topic");
  assert.deepEqual(await shown(repository, baseOf({ kind: "pull-request", baseSha })), changes);
});

test("on one's own machine, what is not committed counts, too, and what git ignores does not", async (context) => {
  const repository = await sampleRepository(context);
  await repository.write(".gitignore", "ignored\n");
  await diverged(repository);
  await repository.write("kept", "2");
  await repository.write("staged");
  await repository.git("add", "staged");
  await repository.write("untracked");
  await repository.write("ignored");
  assert.deepEqual(await shown(repository, baseOf({ kind: "local", base: "main" })), [
    "added of topic",
    "added staged",
    "added untracked",
    "modified kept",
    "modified shared",
  ]);
});

test("a file with a conflict has changed", async (context) => {
  const repository = await sampleRepository(context);
  await diverged(repository);
  await repository.git("switch", "--quiet", "main");
  await repository.commit({ shared: "3" });
  await assert.rejects(repository.git("merge", "topic"));
  const changes = await shown(repository, { kind: "work-tree", base: "main" });
  assert.deepEqual(changes, ["added of topic", "modified shared"]);
});

test("on a new branch, every tracked file counts as added", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit({ one: "1", "a/two": "1" });
  await repository.write("untracked");
  const comparison = baseOf({ kind: "push", before: ZEROS });
  assert.deepEqual(await shown(repository, comparison), ["added a/two", "added one"]);
});

test("before the first commit, what is staged is all there is", async (context) => {
  const repository = await sampleRepository(context);
  assert.deepEqual(await shown(repository, { kind: "all", because: "no-base" }), []);
  await repository.write("one");
  await repository.git("add", "one");
  assert.deepEqual(await shown(repository, { kind: "all", because: "no-base" }), ["added one"]);
});

test("without any history in common, everything counts as added", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit({ one: "1" });
  await repository.git("switch", "--quiet", "--orphan", "other");
  await repository.commit({ two: "1" });
  assert.deepEqual(await shown(repository, { kind: "since-merge-base", base: "main" }), ["added two"]);
});

test("a commit that a shallow clone lacks is an error, and never nothing changed", async (context) => {
  const repository = await sampleRepository(context);
  const before = await repository.commit({ one: "1" });
  await repository.commit({ one: "2" });
  const shallow = await repository.clone("shallow", "--depth=1");
  for (const kind of ["since-commit", "since-merge-base", "work-tree"] as const) {
    await assert.rejects(shown(shallow, { kind, base: before }), {
      code: "GIT_BASE_MISSING",
      facts: { base: before, folder: shallow.folder },
    });
  }
  await shallow.git("fetch", "--quiet", "origin", before);
  assert.deepEqual(await shown(shallow, { kind: "since-commit", base: before }), ["modified one"]);
});

test("a clone too shallow for the merge base is an error, and never nothing changed", async (context) => {
  const repository = await sampleRepository(context);
  await diverged(repository);
  const shallow = await repository.clone("shallow", "--depth=1", "--no-single-branch");
  await assert.rejects(shown(shallow, { kind: "since-merge-base", base: "origin/main" }), {
    code: "GIT_HISTORY_MISSING",
    facts: { base: "origin/main", folder: shallow.folder },
  });
  await shallow.git("fetch", "--quiet", "--unshallow");
  const changes = await shown(shallow, { kind: "since-merge-base", base: "origin/main" });
  assert.deepEqual(changes, ["added of topic", "modified shared"]);
});

test("a base is a name and never an option or a command", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit();
  for (const base of ["--output=owned", "-h", "absent", "main; touch owned", "main..topic", ""]) {
    await assert.rejects(shown(repository, { kind: "since-commit", base }), { code: "GIT_BASE_MISSING" }, base);
  }
  assert.deepEqual(await repository.git("status", "--porcelain"), "");
});

test("outside of a repository, git's own words are the reason", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "slipway-git-"));
  context.after(() => rm(folder, { recursive: true }));
  const env = { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: tmpdir() };
  await assert.rejects(changedFiles(folder, { kind: "all", because: "no-base" }, { env }), {
    code: "GIT_FAILED",
    facts: {
      command: "git rev-parse",
      folder,
      reason: "fatal: not a git repository (or any of the parent directories): .git",
    },
  });
});
