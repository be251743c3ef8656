import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, create } from "./raw-client.ts";
import { startGitHub } from "./start.ts";

test("a draft has no git tag and is found by number and list only; publishing makes the tag at its target", async () => {
  await using github = await startGitHub();
  const target = github.head;
  github.commit();
  const id = await create(github, { tag_name: "v1", target_commitish: target, draft: true });
  assert.deepEqual(github.tags, {});
  assert.equal((await ask(github, "GET", "/releases/tags/v1")).status, 404);
  assert.equal((await ask(github, "GET", `/releases/${id}`)).body.tag_name, "v1");
  assert.equal((await ask(github, "GET", "/releases")).list.length, 1);
  const published = await ask(github, "PATCH", `/releases/${id}`, { body: { draft: false } });
  assert.deepEqual([published.status, published.body.draft, published.body.tag_name], [200, false, "v1"]);
  assert.deepEqual(github.tags, { v1: target });
  assert.equal((await ask(github, "GET", "/releases/tags/v1")).body.id, id);
  assert.deepEqual(github.violations, []);
});

test("a tag that is there already stays where it is", async () => {
  await using github = await startGitHub();
  const old = github.head;
  github.putTag("v1", old);
  await create(github, { tag_name: "v1", target_commitish: github.commit() });
  assert.deepEqual(github.tags, { v1: old });
});

test("drafts are shown to who may push", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v1", draft: true });
  const seen = async () => [
    (await ask(github, "GET", "/releases")).list.length,
    (await ask(github, "GET", `/releases/${id}`)).status,
  ];
  assert.deepEqual(await seen(), [1, 200]);
  github.set({ rights: "read" });
  assert.deepEqual(await seen(), [0, 404]);
});

test("two drafts, and a draft beside a published release, may have one tag; two published ones may not", async () => {
  await using github = await startGitHub();
  const [one] = [
    await create(github, { tag_name: "v1", draft: true }),
    await create(github, { tag_name: "v1", draft: true }),
  ];
  await create(github, { tag_name: "v1" });
  const errors = [{ resource: "Release", code: "already_exists", field: "tag_name" }];
  const again = await ask(github, "POST", "/releases", { body: { tag_name: "v1" } });
  assert.deepEqual([again.status, again.body.message, again.body.errors], [422, "Validation Failed", errors]);
  const published = await ask(github, "PATCH", `/releases/${one}`, { body: { draft: false } });
  assert.deepEqual([published.status, published.body.errors], [422, errors]);
});

test("a draft that is changed without its tag loses it", async () => {
  await using github = await startGitHub();
  const id = await create(github, { tag_name: "v1", draft: true });
  const kept = await ask(github, "PATCH", `/releases/${id}`, { body: { tag_name: "v1", body: "notes" } });
  assert.equal(kept.body.tag_name, "v1");
  const lost = await ask(github, "PATCH", `/releases/${id}`, { body: { body: "other notes" } });
  assert.match(lost.body.tag_name ?? "", /^untagged-/);
});

test("targets are branches and whole commit names, for drafts too", async () => {
  await using github = await startGitHub();
  const branch = github.commit("stable");
  await create(github, { tag_name: "v1", target_commitish: "stable" });
  assert.deepEqual(github.tags, { v1: branch });
  for (const target of ["nowhere", branch.slice(0, 7), "refs/heads/stable", "v1"]) {
    const body = { tag_name: "v2", target_commitish: target, draft: true };
    const answer = await ask(github, "POST", "/releases", { body });
    const errors = [{ resource: "Release", code: "invalid", field: "target_commitish" }];
    assert.deepEqual([answer.status, answer.body.errors], [422, errors], target);
  }
  const answer = await ask(github, "POST", "/releases", { body: { tag_name: "v2", target_commitish: "nowhere" } });
  assert.match(answer.text, /tag_name is not a valid tag.*Published releases must have a valid tag/);
});

test("what becomes the latest", async () => {
  await using github = await startGitHub();
  const get = async () => (await ask(github, "GET", "/releases/latest")).body.tag_name;
  assert.equal(await get(), undefined);
  await create(github, { tag_name: "v1.0.0" });
  assert.equal(await get(), "v1.0.0", "by default what is published is");
  github.commit();
  await create(github, { tag_name: "v2.0.0", prerelease: true });
  assert.equal(await get(), "v1.0.0", "a prerelease is not");
  const second = await create(github, { tag_name: "v2.0.1", make_latest: "false" });
  assert.equal(await get(), "v1.0.0", "nor is what should not be");
  await create(github, { tag_name: "v1.0.1", target_commitish: github.tags["v1.0.0"], make_latest: "legacy" });
  assert.equal(await get(), "v2.0.1", "legacy: the newest commit's");
  await create(github, { tag_name: "v2.0.2", make_latest: "legacy" });
  assert.equal(await get(), "v2.0.2", "legacy: of one commit the higher version");
  await ask(github, "PATCH", `/releases/${second}`, { body: { tag_name: "v2.0.1", make_latest: "true" } });
  assert.equal(await get(), "v2.0.1");
  assert.equal(github.latest, "v2.0.1");
});

test("drafts and prereleases cannot be made the latest", async () => {
  await using github = await startGitHub();
  const message = "Latest release cannot be draft or prerelease.";
  for (const body of [{ draft: true }, { prerelease: true }]) {
    const answer = await ask(github, "POST", "/releases", { body: { tag_name: "v1", make_latest: "true", ...body } });
    assert.deepEqual([answer.status, answer.body.errors], [422, [{ resource: "Release", code: "custom", message }]]);
  }
  assert.deepEqual(github.releases, []);
});

test("notes have 125,000 characters at most", async () => {
  await using github = await startGitHub();
  const most = "😀".repeat(125_000);
  const id = await create(github, { tag_name: "v1", draft: true, body: most });
  const answer = await ask(github, "PATCH", `/releases/${id}`, { body: { tag_name: "v1", body: `${most}.` } });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /body is too long \(maximum is 125000 characters\)/);
  assert.equal(github.releases[0]?.body, most);
});

test("generated notes come after one's own, and alone", async () => {
  await using github = await startGitHub();
  github.set({ changes: ["A by @a", "B by @b"] });
  github.putTag("v0");
  const body = { tag_name: "v1", previous_tag_name: "v0" };
  const alone = await ask(github, "POST", "/releases/generate-notes", { body });
  const link = "https://github.example.test/acme/app/compare/v0...v1";
  const notes = `## What's Changed\n* A by @a\n* B by @b\n\n\n**Full Changelog**: ${link}`;
  assert.deepEqual(alone.body, { name: "v1", body: notes });
  await create(github, { tag_name: "v1", body: "Mine.", generate_release_notes: true });
  assert.equal(github.releases[0]?.name, "v1");
  assert.match(github.releases[0]?.body ?? "", /^Mine\.\n\n## What's Changed\n\* A by @a\n/);
  for (const wrong of [{ previous_tag_name: "v9" }, { target_commitish: "nowhere" }]) {
    const answer = await ask(github, "POST", "/releases/generate-notes", { body: { tag_name: "v2", ...wrong } });
    assert.equal(answer.status, 422, answer.text);
  }
});

test("deleting a release leaves its git tag", async () => {
  await using github = await startGitHub();
  const id = await create(github, { tag_name: "v1" });
  assert.equal((await ask(github, "DELETE", `/releases/${id}`)).status, 204);
  assert.equal((await ask(github, "DELETE", `/releases/${id}`)).status, 404);
  assert.deepEqual([github.releases, Object.keys(github.tags)], [[], ["v1"]]);
});
