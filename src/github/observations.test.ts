import assert from "node:assert/strict";
import { test } from "node:test";
import { atGitHub } from "../testing/github/client.ts";

test("releases of a tag: published and drafts, the newest first, from all pages", () =>
  atGitHub(async ({ server, github }) => {
    const old = server.putRelease({ tag_name: "v1", draft: true });
    const published = server.putRelease({ tag_name: "v1", name: "One", body: "notes" });
    for (let number = 0; number < 205; number += 1) server.putRelease({ tag_name: `other-${number}`, draft: true });
    const found = await github.findReleases("v1");
    assert.deepEqual(
      found.map(({ id, state }) => [id, state]),
      [
        [published, "published"],
        [old, "draft"],
      ],
    );
    assert.equal(server.requests.count("repos/list-releases"), 3);
    assert.deepEqual(found[0], {
      id: published,
      tag: "v1",
      name: "One",
      state: "published",
      prerelease: false,
      immutable: false,
      body: "notes",
      htmlUrl: "https://github.example.test/acme/app/releases/tag/v1",
      uploadUrl: `${server.uploadsUrl}/repos/acme/app/releases/${published}/assets{?name,label}`,
      createdAt: server.releases[1]?.created_at,
      publishedAt: server.releases[1]?.published_at,
      target: "main",
    });
    assert.deepEqual(await github.findReleases("v2"), []);
    assert.deepEqual(server.violations, []);
  }));

test("a list that fails is an error, whichever way it fails, and never an empty list", async () => {
  const faults = [
    [{ kind: "status", status: 409, body: '{"message":"Git Repository is empty."}' }, "GITHUB_REFUSED"],
    [{ kind: "status", status: 404 }, "GITHUB_NOT_FOUND"],
    [{ kind: "status", status: 200 }, "GITHUB_ANSWER"],
    [{ kind: "body", body: "" }, "GITHUB_ANSWER"],
    [{ kind: "body", body: "[{" }, "GITHUB_ANSWER"],
    [{ kind: "body", body: "{}" }, "GITHUB_ANSWER"],
    [{ kind: "body", body: "[{}]" }, "GITHUB_ANSWER"],
    [{ kind: "body", body: "null" }, "GITHUB_ANSWER"],
    [{ kind: "cut-answer", afterBytes: 1 }, "GITHUB_UNREACHABLE"],
    [{ kind: "status", status: 503 }, "GITHUB_UNAVAILABLE"],
  ] as const;
  for (const [fault, code] of faults) {
    await atGitHub(async ({ server, github }) => {
      server.putRelease({ tag_name: "v1", draft: true });
      server.faults.add({ operation: "repos/list-releases", fault });
      await assert.rejects(github.findReleases("v1"), { code }, JSON.stringify(fault));
    });
  }
});

test("a later page that fails is asked for again, and it alone", () =>
  atGitHub(async ({ server, github }) => {
    for (let number = 0; number < 150; number += 1) server.putRelease({ tag_name: "v1", draft: true });
    server.faults.add({ path: /[?&]page=2/, times: 2, fault: { kind: "status", status: 502 } });
    assert.equal((await github.findReleases("v1")).length, 150);
    assert.equal(server.requests.count("repos/list-releases"), 4);
  }));

test("a list without an end is left", () =>
  atGitHub(async ({ server, github }) => {
    for (let number = 0; number < 101; number += 1) server.putRelease({ tag_name: "v1", draft: true });
    const next = `<${server.apiUrl}/repos/acme/app/releases?per_page=100>; rel="next"`;
    const fault = {
      kind: "status",
      status: 200,
      body: "[]",
      headers: { link: next, "content-type": "application/json" },
    } as const;
    server.faults.add({ operation: "repos/list-releases", fault });
    await assert.rejects(github.findReleases("v1"), { code: "GITHUB_ANSWER" });
    assert.equal(server.requests.count("repos/list-releases"), 121);
  }));

test("a published release is found while the list is behind", () =>
  atGitHub(async ({ server, github }) => {
    const id = server.putRelease({ tag_name: "v1" });
    server.faults.add({ operation: "repos/list-releases", fault: { kind: "body", body: "[]" } });
    assert.deepEqual(
      (await github.findReleases("v1")).map((release) => release.id),
      [id],
    );
  }));

test("what is not there is undefined, once the repository has been seen", () =>
  atGitHub(async ({ server, github }) => {
    assert.equal(await github.release(99), undefined);
    assert.equal(await github.latestRelease(), undefined);
    assert.equal(await github.tagOf("v1"), undefined);
    assert.equal(server.requests.count("repos/get"), 1);
    await assert.rejects(github.assets(99), { code: "GITHUB_NOT_FOUND" });
  }));

test("what may not be seen is an error", () =>
  atGitHub(
    async ({ github }) => {
      for (const ask of [
        () => github.release(99),
        () => github.latestRelease(),
        () => github.tagOf("v1"),
        () => github.findReleases("v1"),
        () => github.rights(),
      ]) {
        await assert.rejects(ask, { code: "GITHUB_NOT_FOUND" });
      }
    },
    { private: true, rights: "none" },
  ));

test("one release, its assets, the latest", () =>
  atGitHub(async ({ server, github }) => {
    const id = server.putRelease({ tag_name: "v1", assets: { "a b.zip": "hello" }, starters: ["c.zip"] });
    assert.equal((await github.release(id))?.tag, "v1");
    assert.equal((await github.release(id))?.latest, undefined);
    assert.deepEqual(await github.latestRelease(), { ...(await github.release(id)), latest: true });
    const [whole, begun] = await github.assets(id);
    assert.deepEqual(whole, {
      id: server.releases[0]?.assets[0]?.id,
      name: "a.b.zip",
      label: "",
      size: 5,
      state: "uploaded",
      digest: "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
      contentType: "application/octet-stream",
      downloadUrl: "https://github.example.test/acme/app/releases/download/v1/a.b.zip",
    });
    assert.deepEqual([begun?.name, begun?.state, begun?.digest], ["c.zip", "starter", undefined]);
    assert.deepEqual(server.violations, []);
  }));

test("more assets than a page holds", () =>
  atGitHub(async ({ server, github }) => {
    const assets = Object.fromEntries(Array.from({ length: 250 }, (_, number) => [`${number}.txt`, "x"]));
    const id = server.putRelease({ tag_name: "v1", draft: true, assets });
    assert.deepEqual(
      (await github.assets(id)).map(({ name }) => name),
      Object.keys(assets),
    );
    assert.equal(server.requests.count("repos/list-release-assets"), 3);
  }));

test("the commit of a tag, through tag objects", () =>
  atGitHub(async ({ server, github }) => {
    server.putTag("v1");
    server.putTag("rel/v2", server.commit(), "annotated");
    assert.deepEqual([await github.tagOf("v1"), await github.tagOf("rel/v2")], [server.tags.v1, server.tags["rel/v2"]]);
    assert.notEqual(server.tags.v1, server.tags["rel/v2"]);
    assert.equal(await github.tagOf("rel"), undefined);
  }));

test("an Enterprise server is asked below its own paths", () =>
  atGitHub(
    async ({ server, github }) => {
      const id = server.putRelease({ tag_name: "v1", assets: { a: "x" } });
      assert.equal((await github.findReleases("v1"))[0]?.id, id);
      assert.equal((await github.assets(id))[0]?.digest, undefined);
      assert.deepEqual(server.violations, []);
    },
    { kind: "enterprise", digests: false },
  ));

test("without a token what is public can be read", () =>
  atGitHub(
    async ({ server, github }) => {
      server.putRelease({ tag_name: "v1" });
      assert.equal((await github.findReleases("v1")).length, 1);
      assert.equal(
        [...server.requests].some(({ headers }) => headers.authorization !== undefined),
        false,
      );
    },
    { client: { token: undefined } },
  ));
