import assert from "node:assert/strict";
import { test } from "node:test";
import { atGitHub, clientOptions } from "../testing/github/client.ts";
import type { TestGitHubOptions } from "../testing/index.ts";
import { tokenEnd } from "./token-end.ts";

test("whether releases can be written, and why", async () => {
  const table: readonly (readonly [options: TestGitHubOptions, state: string, reason: RegExp])[] = [
    [{}, "likely", /the token itself needs `contents: write`$/],
    [{ scopes: ["repo"] }, "yes", /the scope repo$/],
    [{ scopes: ["gist", "public_repo"] }, "yes", /the scope public_repo$/],
    [{ scopes: ["public_repo"], private: true }, "no", /lacks the scope repo$/],
    [{ scopes: ["gist"] }, "no", /lacks the scope repo or public_repo$/],
    [{ scopes: [] }, "no", /lacks the scope/],
    [{ rights: "read" }, "no", /may not push/],
  ];
  for (const [options, state, reason] of table) {
    await atGitHub(async ({ server, github }) => {
      const { write } = await github.rights();
      assert.equal(write.state, state, JSON.stringify(options));
      assert.match(write.reason, reason);
      server.set({ archived: true });
      assert.deepEqual((await github.rights()).write, { state: "no", reason: "the repository is archived" });
      assert.deepEqual(server.violations, []);
    }, options);
  }
});

test("whether immutable releases are on, as far as one is told", async () => {
  for (const [options, state] of [
    [{ rights: "admin", immutableReleases: true }, "on"],
    [{ rights: "admin" }, "off"],
    [{ rights: "write", immutableReleases: true }, "unknown"],
    [{ rights: "read" }, "unknown"],
  ] as const) {
    await atGitHub(async ({ github }) => {
      assert.equal((await github.rights()).immutableReleases.state, state, JSON.stringify(options));
    }, options);
  }
  await atGitHub(async ({ server, github }) => {
    server.faults.add({ operation: "repos/check-immutable-releases", fault: { kind: "status", status: 502 } });
    await assert.rejects(github.rights(), { code: "GITHUB_UNAVAILABLE" }, "what cannot be asked is no answer");
  });
});

test("facts for people", async () => {
  const tokenExpires = new Date("2026-02-03T04:05:06Z");
  await atGitHub(
    async ({ github }) => {
      const rights = await github.rights();
      assert.deepEqual(rights.tokenExpiresAt, tokenExpires);
      assert.deepEqual([rights.scopes, rights.isPrivate, rights.isArchived], [["repo", "gist"], true, false]);
      assert.equal(rights.defaultBranch, "trunk");
      assert.deepEqual([rights.requests?.limit, rights.requests?.remaining], [5000, 41]);
      assert.ok((rights.requests?.resetsAt.getTime() ?? 0) > Date.now());
    },
    { private: true, tokenExpires, scopes: ["repo", "gist"], defaultBranch: "trunk", requestsLeft: 42 },
  );
  await atGitHub(async ({ github }) => {
    const rights = await github.rights();
    assert.deepEqual([rights.tokenExpiresAt, rights.scopes], [undefined, undefined]);
  });
});

test("the end of a token in every form that GitHub writes", async () => {
  for (const [header, expected] of [
    ["2022-08-14 08:15:54 UTC", "2022-08-14T08:15:54.000Z"],
    ["2022-08-14 08:15:54 +0200", "2022-08-14T06:15:54.000Z"],
    ["soon", undefined],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      const { body } = await fetchRepository(server.apiUrl, server.token);
      const headers = { "github-authentication-token-expiration": header, "content-type": "application/json" };
      server.faults.add({ operation: "repos/get", fault: { kind: "status", status: 200, headers, body } });
      assert.equal((await github.rights()).tokenExpiresAt?.toISOString(), expected, header);
    });
  }
});

test("a token tells when it ends, and no repository is asked for", async () => {
  const tokenExpires = new Date("2026-02-03T04:05:06Z");
  for (const options of [{ tokenExpires, requestsLeft: 0 }, {}] as const) {
    await atGitHub(async ({ server }) => {
      assert.deepEqual(await tokenEnd(clientOptions(server)), options.tokenExpires);
      assert.deepEqual(server.violations, []);
      await assert.rejects(tokenEnd({ ...clientOptions(server), token: "canary" }), { code: "GITHUB_UNAUTHORIZED" });
    }, options);
  }
});

async function fetchRepository(apiUrl: string, token: string): Promise<{ readonly body: string }> {
  const answer = await fetch(`${apiUrl}/repos/acme/app`, { headers: { authorization: `token ${token}` } });
  return { body: await answer.text() };
}

test("what can be known of a tag's fate", () =>
  atGitHub(
    async ({ server, github }) => {
      server.set({ immutableReleases: false });
      server.putRelease({ tag_name: "v1" });
      server.set({ immutableReleases: true });
      server.putRelease({ tag_name: "v2" });
      const deleted = server.putRelease({ tag_name: "v3" });
      const commit = server.head;
      server.commit();
      const states = async (...tags: readonly string[]) =>
        await Promise.all(tags.map(async (tag) => (await github.isBurned(tag, commit)).state));
      assert.deepEqual(await states("v1", "v2", "v3"), ["free", "locked", "locked"]);
      await github.deleteDraft(deleted);
      assert.equal((await github.isBurned("v3")).state, "burned", "the git tag tells the commit");
      server.deleteTag("v3");
      assert.equal((await github.isBurned("v3", commit)).state, "burned");
      assert.equal((await github.isBurned("v3")).state, "unknown");
      assert.equal((await github.isBurned("v3", server.head)).state, "unknown");
      assert.equal((await github.isBurned("v4", commit)).state, "unknown", "another tag of that commit");
      assert.deepEqual(server.violations, []);
    },
    { rights: "write" },
  ));

test("attestations that may not be seen, are broken, or cannot be had", async () => {
  for (const [fault, expected] of [
    [{ kind: "status", status: 403 }, "unknown"],
    [{ kind: "status", status: 404 }, "unknown"],
    [
      { kind: "body", body: '{"attestations":[{"bundle":{"dsseEnvelope":{"payload":"e30="}}},{"bundle":null}]}' },
      "unknown",
    ],
    [{ kind: "body", body: '{"attestations":[{"bundle":{"dsseEnvelope":{"payload":"!!"}}}]}' }, "unknown"],
    [{ kind: "status", status: 502 }, "GITHUB_UNAVAILABLE"],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      server.faults.add({ operation: "repos/list-attestations", fault });
      const state = await github.isBurned("v1", server.head).then(
        (fate) => fate.state,
        (error) => error.code,
      );
      assert.equal(state, expected, JSON.stringify(fault));
    });
  }
});
