import assert from "node:assert/strict";
import { test } from "node:test";
import { atGitHub, type GitHubSetting } from "../testing/github/client.ts";

const NEW = { tag: "v1", target: "main", name: "One", body: "notes", prerelease: false };

/** Methods and bodies of what was asked that changes something. */
function writes({ server }: GitHubSetting) {
  return server.requests.writes().map(({ method, body }) => ({ method, body }));
}

test("each deed is one request, with what the caller said and no more", () =>
  atGitHub(async (setting) => {
    const { server, github } = setting;
    const draft = await github.createDraft(NEW);
    assert.deepEqual(
      [draft.state, draft.tag, draft.name, draft.body, draft.target],
      ["draft", "v1", "One", "notes", "main"],
    );
    const target = server.commit();
    const changed = await github.updateDraft(draft, { target, body: "better", prerelease: true });
    assert.deepEqual([changed.state, changed.tag, changed.target, changed.body], ["draft", "v1", target, "better"]);
    const published = await github.publish(changed, { prerelease: false, makeLatest: "false" });
    assert.deepEqual([published.state, published.prerelease], ["published", false]);
    assert.deepEqual(server.tags, { v1: target });
    assert.equal((await github.updateBody(published, "last")).body, "last");
    await github.deleteDraft((await github.createDraft(NEW)).id);
    assert.deepEqual(writes(setting), [
      {
        method: "POST",
        body: {
          tag_name: "v1",
          target_commitish: "main",
          name: "One",
          body: "notes",
          prerelease: false,
          draft: true,
          generate_release_notes: false,
        },
      },
      { method: "PATCH", body: { tag_name: "v1", target_commitish: target, body: "better", prerelease: true } },
      { method: "PATCH", body: { tag_name: "v1", draft: false, prerelease: false, make_latest: "false" } },
      { method: "PATCH", body: { tag_name: "v1", body: "last" } },
      { method: "POST", body: writes(setting)[0]?.body },
      { method: "DELETE", body: {} },
    ]);
    assert.equal(server.requests.length, 6, "and nothing was looked at");
    assert.deepEqual(server.violations, []);
  }));

test("what is created by numbers: the latest, a prerelease, generated notes", () =>
  atGitHub(async ({ server, github }) => {
    server.putTag("v0");
    const draft = await github.createDraft({ ...NEW, generateNotes: true });
    assert.match(draft.body, /^notes\n\n## What's Changed/);
    await github.publish(draft, { prerelease: false, makeLatest: "true" });
    assert.equal(server.latest, "v1");
    const next = await github.createDraft({ ...NEW, tag: "v2-rc", prerelease: true });
    await github.publish(next, { prerelease: true, makeLatest: "false" });
    assert.equal(server.latest, "v1");
    const notes = await github.generateNotes({ tag: "v3", previousTag: "v0", target: "main" });
    assert.match(notes.body, /compare\/v0\.\.\.v3$/);
    assert.deepEqual(server.requests.of("repos/generate-release-notes")[0]?.body, {
      tag_name: "v3",
      target_commitish: "main",
      previous_tag_name: "v0",
    });
    assert.deepEqual(server.violations, []);
  }));

test("creating is never repeated: the error says that it may be tried, and the caller looks first", async () => {
  for (const [fault, code] of [
    [{ kind: "status", status: 502 }, "GITHUB_UNAVAILABLE"],
    [{ kind: "cut-before" }, "GITHUB_UNREACHABLE"],
    [{ kind: "cut-after" }, "GITHUB_UNREACHABLE"],
    [{ kind: "cut-answer", afterBytes: 100 }, "GITHUB_UNREACHABLE"],
    [{ kind: "secondary-limit", retryAfterSeconds: 0 }, "GITHUB_RATE_LIMITED"],
    [{ kind: "status", status: 429 }, "GITHUB_RATE_LIMITED"],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      server.faults.add({ operation: "repos/create-release", fault });
      await assert.rejects(github.createDraft(NEW), { code, retryable: true }, fault.kind);
      assert.equal(server.requests.count("repos/create-release"), 1, fault.kind);
      assert.equal(
        (await github.findReleases("v1")).length,
        fault.kind === "cut-after" || fault.kind === "cut-answer" ? 1 : 0,
      );
    });
  }
});

for (const immutableReleases of [false, true]) {
  test(`F37: a publication whose answer is lost is not told again; asked, it is out (immutable: ${immutableReleases})`, () =>
    atGitHub(
      async ({ server, github }) => {
        const draft = await github.createDraft(NEW);
        server.faults.add({ operation: "repos/update-release", times: 1, fault: { kind: "cut-after" } });
        const publishing = github.publish(draft, { prerelease: false, makeLatest: "true" });
        await assert.rejects(publishing, { code: "GITHUB_UNREACHABLE", retryable: true });
        assert.equal(server.requests.count("repos/update-release"), 1);
        const published = await github.release(draft.id);
        assert.deepEqual([published?.state, published?.immutable], ["published", immutableReleases]);
        assert.equal(server.releases.length, 1);
      },
      { immutableReleases },
    ));
}

test("a deletion whose answer is lost is done; what was never there is an error", () =>
  atGitHub(async ({ server, github }) => {
    const id = server.putRelease({ tag_name: "v1", draft: true, assets: { a: "x" } });
    const asset = server.releases[0]?.assets[0]?.id ?? 0;
    server.faults.add({ method: "DELETE", times: 1, fault: { kind: "cut-after" } });
    await github.deleteAsset(asset);
    await assert.rejects(github.deleteAsset(asset), { code: "GITHUB_NOT_FOUND" });
    server.faults.clear();
    server.faults.add({ method: "DELETE", times: 1, fault: { kind: "cut-after" } });
    await github.deleteDraft(id);
    await assert.rejects(github.deleteDraft(id), { code: "GITHUB_NOT_FOUND" });
    assert.deepEqual(server.releases, []);
  }));

test("generating notes keeps nothing, and is repeated", () =>
  atGitHub(async ({ server, github }) => {
    server.faults.add({ operation: "repos/generate-release-notes", times: 2, fault: { kind: "status", status: 500 } });
    assert.equal((await github.generateNotes({ tag: "v1", target: "main" })).name, "v1");
    assert.equal(server.requests.count("repos/generate-release-notes"), 3);
  }));

test("refusals that can be told apart", () =>
  atGitHub(async ({ server, github }) => {
    server.burn("v3");
    server.putRelease({ tag_name: "v2" });
    const twin = await github.createDraft({ ...NEW, tag: "v2" });
    const burned = await github.createDraft({ ...NEW, tag: "v3" });
    const latest = { prerelease: false, makeLatest: "true" } as const;
    await assert.rejects(github.publish(twin, latest), { code: "GITHUB_EXISTS", retryable: false });
    await assert.rejects(github.publish(burned, latest), { code: "TAG_BURNED" });
    await assert.rejects(github.createDraft({ ...NEW, target: "nowhere" }), { code: "GITHUB_TARGET_UNKNOWN" });
    await assert.rejects(github.publish(await github.createDraft(NEW), { prerelease: true, makeLatest: "true" }), {
      code: "GITHUB_REFUSED",
      message: /Latest release cannot be draft or prerelease\.$/,
    });
    await assert.rejects(github.createDraft({ ...NEW, body: "x".repeat(125_001) }), {
      code: "GITHUB_REFUSED",
      message: /Validation Failed; body is too long \(maximum is 125000 characters\)$/,
    });
    server.set({ immutableReleases: true });
    const id = server.putRelease({ tag_name: "v4", assets: { a: "x" } });
    await assert.rejects(github.deleteAsset(server.releases.at(-1)?.assets[0]?.id ?? 0), { code: "GITHUB_IMMUTABLE" });
    await assert.rejects(github.updateDraft({ id, tag: "v5" }, {}), { code: "GITHUB_IMMUTABLE" });
    assert.equal(server.requests.count("repos/update-release"), 4, "none of them is repeated");
  }));
