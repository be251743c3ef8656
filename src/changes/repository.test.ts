import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { repositoryOf } from "./repository.ts";
import { sampleRepository } from "./sample-repository.ts";

test("a work tree tells its commit, date, branch, tags and origin", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit();
  await repository.git("tag", "v0.9.0");
  const revision = await repository.commit({ "a/one": "1" });
  await repository.git("tag", "v1.0.0");
  await repository.git("tag", "--annotate", "--message=x", "server/v1.0.0");
  await repository.git("remote", "add", "origin", "https://robot:secret@github.com/octocat/hello.git");
  const facts = {
    root: repository.folder,
    head: { revision, commitDate: new Date("2024-01-02T03:01:00Z"), tags: ["server/v1.0.0", "v1.0.0"] },
    isDirty: false,
    branch: "main",
    originUrl: "https://github.com/octocat/hello",
  };
  assert.deepEqual(await repositoryOf(repository.folder, repository.options), facts);
  assert.deepEqual(await repositoryOf(join(repository.folder, "a"), repository.options), facts);
});

test("a commit that is checked out alone is on no branch", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit();
  await repository.git("switch", "--quiet", "--create", "releases/v1");
  assert.equal((await repositoryOf(repository.folder, repository.options))?.branch, "releases/v1");
  await repository.git("switch", "--quiet", "--detach");
  const detached = await repositoryOf(repository.folder, repository.options);
  assert.deepEqual([detached?.branch, detached?.originUrl], [undefined, undefined]);
});

test("only tracked files make it dirty", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit({ one: "1" });
  const isDirty = async () => (await repositoryOf(repository.folder, repository.options))?.isDirty;
  await repository.write("untracked");
  assert.equal(await isDirty(), false);
  await repository.write("one", "2");
  assert.equal(await isDirty(), true);
  await repository.git("add", "one");
  assert.equal(await isDirty(), true);
  await repository.commit();
  assert.equal(await isDirty(), false);
});

test("before the first commit there is none", async (context) => {
  const repository = await sampleRepository(context);
  assert.deepEqual(await repositoryOf(repository.folder, repository.options), {
    root: repository.folder,
    head: undefined,
    isDirty: false,
    branch: "main",
    originUrl: undefined,
  });
});

test("outside of a work tree there are no facts", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit();
  const bare = await repository.clone("bare", "--bare");
  const plain = join(repository.folder, "..", "plain");
  await mkdir(plain);
  for (const folder of [plain, bare.folder, join(repository.folder, ".git")]) {
    assert.equal(await repositoryOf(folder, repository.options), undefined, folder);
  }
});

test("a variable that names another repository is not followed", async (context) => {
  const [one, other] = [await sampleRepository(context), await sampleRepository(context)];
  const [revision] = [await one.commit({ a: "1" }), await other.commit({ b: "1" })];
  const env = { ...one.options.env, GIT_DIR: join(other.folder, ".git"), GIT_WORK_TREE: other.folder };
  assert.equal((await repositoryOf(one.folder, { env }))?.head?.revision, revision);
});

test("a folder that git does not trust is an error in git's own words", async (context) => {
  const repository = await sampleRepository(context);
  await repository.commit();
  const env = { ...repository.options.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1", LC_ALL: "de_DE.UTF-8" };
  const trust = `git config --global --add safe.directory ${repository.folder}`;
  await assert.rejects(repositoryOf(repository.folder, { env }), {
    code: "GIT_FAILED",
    facts: {
      command: "git rev-parse",
      folder: repository.folder,
      reason:
        `fatal: detected dubious ownership in repository at '${repository.folder}' ` +
        `To add an exception for this directory, call: ${trust}`,
    },
  });
});

test("a broken repository and a folder that is not there are errors, too", async (context) => {
  const repository = await sampleRepository(context);
  await writeFile(join(repository.folder, ".git", "config"), "[");
  await assert.rejects(repositoryOf(repository.folder, repository.options), /GIT_FAILED|bad config/);
  const absent = join(repository.folder, "absent");
  await assert.rejects(repositoryOf(absent, repository.options), (error) => {
    return /cannot change to .*absent.*No such file/.test(String(error));
  });
});

test("without git, the error says so", async (context) => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "slipway-git-")));
  context.after(() => rm(folder, { recursive: true }));
  await assert.rejects(repositoryOf(folder, { env: { PATH: folder } }), {
    code: "GIT_MISSING",
    facts: { reason: "spawn git ENOENT" },
  });
});

test("an interruption ends git, with its own reason", async (context) => {
  const repository = await sampleRepository(context);
  const reason = new Error("enough");
  const options = { ...repository.options, signal: AbortSignal.abort(reason) };
  await assert.rejects(repositoryOf(repository.folder, options), reason);
});
