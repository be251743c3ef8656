import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { inspect } from "node:util";
import { atGitHub, clientOptions } from "../testing/github/client.ts";
import { type GitHubFault, makeAuthority, startGitHub, temporaryFolder } from "../testing/index.ts";
import { SlipwayError } from "../words/error.ts";
import { openGitHub } from "./github.ts";

const ELSEWHERE = "http://elsewhere.example.test";

test("S6, S7: a redirect out of the API is not followed", async () => {
  for (const [status, location] of [
    [302, `${ELSEWHERE}/repos/acme/app`],
    [307, "//elsewhere.example.test/repos/acme/app"],
    [301, "https://user:word@127.0.0.1/"],
    [302, "http://"],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      server.faults.add({ fault: { kind: "status", status, headers: { location } } });
      const { host } = new URL(server.apiUrl);
      await assert.rejects(
        github.release(1),
        (error) => error instanceof SlipwayError && error.code === "GITHUB_REDIRECTED" && error.facts.host === host,
        location,
      );
      assert.equal(server.requests.length, 1);
    });
  }
});

test("a renamed repository is followed within the API, for deeds too", () =>
  atGitHub(
    async ({ server, github }) => {
      server.set({ formerName: "acme/old" });
      const draft = await github.createDraft({ tag: "v1", target: "main", name: "", body: "", prerelease: false });
      assert.equal((await github.publish(draft, { prerelease: false, makeLatest: "true" })).state, "published");
      assert.equal((await github.findReleases("v1")).length, 1);
      assert.equal(server.releases.length, 1);
      assert.deepEqual(server.violations, []);
    },
    { client: { repository: { owner: "acme", name: "old" } } },
  ));

test("a deed is not turned into a question by a redirect", () =>
  atGitHub(async ({ server, github }) => {
    server.faults.add({
      method: "DELETE",
      fault: { kind: "status", status: 302, headers: { location: `${server.apiUrl}/repos/acme/app` } },
    });
    await assert.rejects(github.deleteDraft(1), { code: "GITHUB_REDIRECTED" });
    assert.equal(server.requests.length, 1);
  }));

test("redirects end", () =>
  atGitHub(async ({ server, github }) => {
    server.faults.add({
      fault: { kind: "status", status: 301, headers: { location: `${server.apiUrl}/repos/acme/app` } },
    });
    await assert.rejects(github.release(1), { code: "GITHUB_REDIRECTED" });
    assert.equal(server.requests.length, 4);
  }));

test("S16: the next page of a list is asked for at the API only", () =>
  atGitHub(async ({ server, github }) => {
    const headers = {
      link: `<${ELSEWHERE}/repos/acme/app/releases?page=2>; rel="next"`,
      "content-type": "application/json",
    };
    server.faults.add({
      operation: "repos/list-releases",
      fault: { kind: "status", status: 200, body: "[]", headers },
    });
    await assert.rejects(github.findReleases("v1"), { code: "GITHUB_REDIRECTED" });
    assert.equal(server.requests.length, 1);
  }));

test("an asset is sent to the API's own uploads only", async () => {
  await using folder = await temporaryFolder("upload");
  await using server = await startGitHub();
  await using github = openGitHub(clientOptions(server));
  for (const uploadUrl of [
    `${ELSEWHERE}/assets{?name,label}`,
    "ftp://127.0.0.1/",
    "nonsense",
    "http://a:b@127.0.0.1/",
  ]) {
    await assert.rejects(github.uploadAsset({ uploadUrl }, { file: folder.path, name: "a" }), {
      code: "GITHUB_UPLOAD_REFUSED",
    });
  }
  assert.equal(server.requests.length, 0);
});

test("plain HTTP is for this machine", () => {
  const options = { repository: { owner: "acme", name: "app" }, userAgent: "test", apiUrl: "http://api.example.test" };
  assert.throws(() => openGitHub(options), { code: "GITHUB_API_URL_INVALID" });
});

test("an unknown authority is not trusted, and a named one is", async () => {
  await using authority = await makeAuthority();
  await using server = await startGitHub({ tls: authority.server });
  server.putRelease({ tag_name: "v1" });
  await using stranger = openGitHub(clientOptions(server));
  await assert.rejects(stranger.findReleases("v1"), { code: "GITHUB_UNTRUSTED", retryable: false });
  await using known = openGitHub({ ...clientOptions(server), ca: authority.ca });
  assert.equal((await known.findReleases("v1")).length, 1);
});

test("S15: an answer without end is left", async () => {
  const chunk = Buffer.alloc(1024 * 1024, " ");
  const endless = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", pour);
    pour();
  });
  await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
  const address = endless.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await using github = openGitHub({
    apiUrl: `http://127.0.0.1:${port}`,
    repository: { owner: "acme", name: "app" },
    userAgent: "test",
    environment: {},
  });
  await assert.rejects(github.rights(), { code: "GITHUB_ANSWER" });
  endless.close();
  endless.closeAllConnections();
});

test("S23: the token is in no error, whatever happened", async () => {
  const token = "canary-token";
  const faults: readonly GitHubFault[] = [
    { kind: "status", status: 401 },
    { kind: "status", status: 403 },
    { kind: "status", status: 404 },
    { kind: "status", status: 422, body: `{"message":"no"}`, headers: { "content-type": "application/json" } },
    { kind: "status", status: 502 },
    { kind: "cut-before" },
    { kind: "body", body: "nonsense" },
    { kind: "secondary-limit" },
    { kind: "status", status: 302, headers: { location: ELSEWHERE } },
  ];
  for (const fault of faults) {
    await atGitHub(
      async ({ server, github, events }) => {
        server.faults.add({ fault });
        const draft = { tag: "v1", target: "main", name: "", body: "", prerelease: false };
        const error = await github.createDraft(draft).catch((thrown: unknown) => thrown);
        assert.ok(error instanceof SlipwayError, fault.kind);
        assert.doesNotMatch(inspect([error, events], { depth: 20, showHidden: true }), /canary/, fault.kind);
        assert.equal([...server.requests][0]?.headers.authorization, `token ${token}`);
      },
      { token },
    );
  }
});
