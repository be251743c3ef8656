import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { atGitHub } from "../testing/github/client.ts";
import { SlipwayError } from "../words/error.ts";
import { wordsOf } from "../words/words.ts";
import { readErrorBody } from "./error-body.ts";
import { neededPermission } from "./permission.ts";

async function errorOf(work: Promise<unknown>): Promise<SlipwayError> {
  const thrown = await work.then(
    () => undefined,
    (reason) => reason,
  );
  assert.ok(thrown instanceof SlipwayError, String(thrown));
  return thrown;
}

test("a token that is not accepted is named by where it came from", () =>
  atGitHub(
    async ({ server, github }) => {
      const error = await errorOf(github.rights());
      const host = new URL(server.apiUrl).host;
      assert.equal(
        error.message,
        `${host} does not accept the token from the test for GET /repos/acme/app: Bad credentials`,
      );
    },
    { client: { token: "canary" } },
  ));

test("a denial names the permission that GitHub asks for", () =>
  atGitHub(
    async ({ github }) => {
      const error = await errorOf(
        github.createDraft({ tag: "v1", target: "main", name: "", body: "", prerelease: false }),
      );
      assert.equal(error.code, "GITHUB_DENIED");
      assert.match(error.message, /Resource not accessible by integration$/);
      assert.match(wordsOf("en").error(error).hint, /^the token needs `contents: write`: under `permissions:`/);
      assert.match(wordsOf("zh-CN").error(error).hint, /^该令牌需要 `contents: write`：/);
    },
    { rights: "read" },
  ));

test("permissions as a workflow writes them", () => {
  for (const [header, permission] of [
    ["contents=write", "`contents: write`"],
    ["contents=write; contents=write,workflows=write", "`contents: write`"],
    ["pull_requests=write,contents=read", "`pull-requests: write`, `contents: read`"],
    ["", "more rights than it has"],
    [undefined, "more rights than it has"],
  ] as const) {
    assert.equal(neededPermission(header), permission);
  }
});

test("what error bodies say", () => {
  for (const [data, detail] of [
    [{ message: "Not Found", documentation_url: "x" }, "Not Found"],
    [
      { message: "Validation Failed", errors: ["Invalid previous_tag parameter"] },
      "Validation Failed; Invalid previous_tag parameter",
    ],
    [
      { message: "Validation Failed", errors: [{ resource: "Release", code: "already_exists", field: "tag_name" }] },
      "Validation Failed; tag_name: already_exists",
    ],
    [{ message: "a\n\nb", errors: [{ code: "custom", message: "c" }] }, "a b; c"],
    [{ message: "x".repeat(1000) }, "x".repeat(500)],
    ["<html>", "no reason given"],
    [undefined, "no reason given"],
    [{ message: 7 }, "no reason given"],
  ] as const) {
    assert.equal(readErrorBody(data).detail, detail);
  }
});

test("an answer that is no JSON is named, and so is one of another form", () =>
  atGitHub(async ({ server, github }) => {
    const id = server.putRelease({ tag_name: "v1" });
    server.faults.add({ times: 1, fault: { kind: "body", body: "<p>Log in</p>", contentType: "text/html" } });
    assert.match(
      (await errorOf(github.release(id))).message,
      /cannot be used for GET .*\/releases\/\d+: 200 without JSON$/,
    );
    server.faults.add({ times: 1, fault: { kind: "body", body: '{"id":"one"}' } });
    assert.match((await errorOf(github.release(id))).message, /cannot be used for get a release: id: /);
  }));

test("a server that is not there", () =>
  atGitHub(async ({ server, github }) => {
    await server.close();
    const error = await errorOf(github.release(1));
    assert.deepEqual(
      [error.code, error.facts.reason, error.retryable],
      ["GITHUB_UNREACHABLE", "connection refused", true],
    );
  }));

test("what GitHub deprecates is nothing to print", () =>
  atGitHub(async ({ server, github }) => {
    const warn = mock.method(console, "warn", () => {});
    const headers = { deprecation: "Sat, 01 Jan 2028 00:00:00 GMT", "content-type": "application/json" };
    server.faults.add({ fault: { kind: "status", status: 200, body: "[]", headers } });
    await assert.rejects(github.findReleases("v1"), { code: "GITHUB_ANSWER" });
    assert.equal(warn.mock.callCount(), 0);
    warn.mock.restore();
  }));
