import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, create } from "./raw-client.ts";
import { startGitHub } from "./start.ts";

test("what is asked is held to GitHub's description of its API", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ tag_name: "v0", draft: true });
  const table: readonly (readonly [method: string, path: string, body: unknown, status: number, message: RegExp])[] = [
    [
      "POST",
      "/releases",
      { tag_name: "v1", titel: "x" },
      422,
      /^Invalid request\.\n\n"titel" is not a permitted key\.$/,
    ],
    ["POST", "/releases", { name: "x" }, 422, /"tag_name" wasn't supplied\.$/],
    ["POST", "/releases", { tag_name: "v1", draft: "yes" }, 422, /For 'properties\/draft', "yes" is not a boolean\.$/],
    ["POST", "/releases", { tag_name: "v1", make_latest: true }, 422, /For 'properties\/make_latest', true is not /],
    ["PATCH", `/releases/${id}`, { generate_release_notes: true }, 422, /"generate_release_notes" is not a permitted/],
    ["POST", "/releases/generate-notes", { tag_name: "v1", body: "" }, 422, /"body" is not a permitted key/],
    ["POST", "/releases", "{", 400, /^Problems parsing JSON$/],
    ["POST", "/releases", [], 400, /^Body should be a JSON object$/],
    ["PUT", "/releases", {}, 404, /^Not Found$/],
    ["GET", "/branches", undefined, 404, /^Not Found$/],
  ];
  for (const [index, [method, path, body, status, message]] of table.entries()) {
    const answer = await ask(github, method, path, { body });
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.body.message ?? "", message);
    assert.match(answer.body.documentation_url ?? "", /^https:\/\/docs\.github\.com\/rest/);
    assert.equal(github.violations.length, index + 1, answer.text);
  }
  assert.deepEqual(
    github.releases.map(({ tag_name }) => tag_name),
    ["v0"],
  );
});

test("GitHub overlooks odd query parameters; the test is told", async () => {
  await using github = await startGitHub();
  for (const query of ["per_page=500", "page=0", "state=draft"]) {
    assert.equal((await ask(github, "GET", `/releases?${query}`)).status, 200);
  }
  assert.equal(github.violations.length, 3);
});

test("headers that GitHub refuses", async () => {
  await using github = await startGitHub();
  const table: readonly (readonly [headers: Record<string, string>, status: number])[] = [
    [{ accept: "image/png" }, 415],
    [{ accept: "application/octet-stream" }, 415],
    [{ accept: "application/vnd.github+json" }, 200],
    [{ "x-github-api-version": "1999-01-01" }, 400],
    [{ "x-github-api-version": "2022-11-28" }, 200],
    [{ "user-agent": "" }, 403],
  ];
  for (const [headers, status] of table) {
    assert.equal((await ask(github, "GET", "/releases", { headers })).status, status, JSON.stringify(headers));
  }
  assert.equal(github.violations.length, 4);
});

test("who may do what", async () => {
  await using github = await startGitHub();
  const body = { tag_name: "v1" };
  const statuses = async (token?: string | null) => [
    (await ask(github, "GET", "/releases", { token })).status,
    (await ask(github, "POST", "/releases", { body, token })).status,
  ];
  assert.deepEqual(await statuses("another"), [401, 401]);
  assert.deepEqual(await statuses(null), [200, 401]);
  github.set({ rights: "read" });
  assert.deepEqual(await statuses(), [200, 403]);
  const denied = await ask(github, "POST", "/releases", { body });
  assert.equal(denied.body.message, "Resource not accessible by integration");
  assert.equal(denied.headers.get("x-accepted-github-permissions"), "contents=write");
  github.set({ rights: "write", archived: true });
  assert.deepEqual(await statuses(), [200, 403]);
  assert.deepEqual(github.violations, [], "to lack rights is no fault of form");
});

test("a private repository is not there for strangers", async () => {
  await using github = await startGitHub({ private: true, rights: "none" });
  assert.equal((await ask(github, "GET", "")).status, 404);
  assert.equal((await ask(github, "GET", "", { token: null })).status, 404);
  github.set({ rights: "read" });
  const { body } = await ask(github, "GET", "");
  assert.deepEqual(
    [body.private, body.permissions],
    [true, { admin: false, maintain: false, push: false, triage: false, pull: true }],
  );
});

test("lists come in pages, whose links name the repository by its number", async () => {
  await using github = await startGitHub();
  for (let number = 0; number < 7; number += 1) github.putRelease({ tag_name: `v${number}`, draft: true });
  const names: unknown[] = [];
  let next: string | undefined = "/releases?per_page=3";
  let pages = 0;
  while (next !== undefined) {
    const { list, headers } = await ask(github, "GET", next);
    names.push(...list.map(({ tag_name }) => tag_name));
    next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
    if (next !== undefined) assert.match(next, /\/repositories\/1\/releases\?per_page=3&page=\d$/);
    pages += 1;
  }
  assert.deepEqual([pages, names], [3, ["v6", "v5", "v4", "v3", "v2", "v1", "v0"]]);
  assert.deepEqual(github.violations, []);
});

test("a renamed repository is redirected to", async () => {
  await using github = await startGitHub();
  github.set({ formerName: "acme/old" });
  const at = (path: string) => `${github.apiUrl}/repos/acme/old${path}`;
  const got = await ask(github, "GET", at("/releases?per_page=1"));
  assert.deepEqual(
    [got.status, got.headers.get("location")],
    [301, `${github.apiUrl}/repositories/1/releases?per_page=1`],
  );
  assert.equal((await ask(github, "POST", at("/releases"), { body: {} })).status, 307);
  assert.equal((await ask(github, "GET", `${github.apiUrl}/repos/acme/else/releases`)).status, 404);
  assert.equal((await ask(github, "GET", `${github.apiUrl}/repos/ACME/App/releases`)).status, 200);
});

test("git tags, also through tag objects", async () => {
  await using github = await startGitHub();
  github.putTag("v1");
  github.putTag("v1.1", github.head, "annotated");
  github.putTag("rel/2");
  const plain = await ask(github, "GET", "/git/ref/tags/v1");
  assert.deepEqual(plain.body.object, {
    sha: github.head,
    type: "commit",
    url: `${github.apiUrl}/repos/acme/app/git/commits/${github.head}`,
  });
  const annotated = await ask(github, "GET", "/git/ref/tags/v1.1");
  const { type, sha } = Object(annotated.body.object);
  assert.equal(type, "tag");
  assert.equal(Object((await ask(github, "GET", `/git/tags/${sha}`)).body.object).sha, github.head);
  assert.equal((await ask(github, "GET", "/git/ref/tags%2Frel%2F2")).body.ref, "refs/tags/rel/2");
  assert.equal((await ask(github, "GET", "/git/ref/tags/v")).status, 404);
  const matching = await ask(github, "GET", "/git/matching-refs/tags/v1");
  assert.deepEqual(
    matching.list.map(({ ref }) => ref),
    ["refs/tags/v1", "refs/tags/v1.1"],
  );
});

test("every answer tells what is left of the hour's requests, and when the token ends", async () => {
  await using github = await startGitHub({
    requestsLeft: 2,
    tokenExpires: new Date("2026-02-03T04:05:06Z"),
    scopes: ["repo", "gist"],
  });
  const { headers } = await ask(github, "GET", "");
  assert.equal(headers.get("x-ratelimit-remaining"), "1");
  assert.equal(headers.get("github-authentication-token-expiration"), "2026-02-03 04:05:06 UTC");
  assert.equal(headers.get("x-oauth-scopes"), "repo, gist");
  await ask(github, "GET", "");
  const limited = await ask(github, "GET", "");
  assert.deepEqual([limited.status, limited.headers.get("x-ratelimit-remaining")], [403, "0"]);
  assert.match(limited.body.message ?? "", /^API rate limit exceeded/);
});

test("a release's answer is whole: what its URLs say is true", async () => {
  await using github = await startGitHub();
  await create(github, { tag_name: "v1", name: "One", body: "notes" });
  const [release] = github.releases;
  assert.deepEqual((await ask(github, "GET", release?.url ?? "")).body, JSON.parse(JSON.stringify(release)));
  assert.deepEqual((await ask(github, "GET", release?.assets_url ?? "")).list, []);
});
