import assert from "node:assert/strict";
import { test } from "node:test";
import type { GitHubFault } from "./faults.ts";
import { ask, upload } from "./raw-client.ts";
import { startGitHub } from "./start.ts";

const body = { tag_name: "v1", draft: true };

test("what faults answer, and what is done all the same", async () => {
  const table: readonly (readonly [fault: GitHubFault, status: number | "cut", done: number])[] = [
    [{ kind: "status", status: 502 }, 502, 0],
    [{ kind: "status", status: 429, headers: { "retry-after": "3" } }, 429, 0],
    [{ kind: "secondary-limit", retryAfterSeconds: 2 }, 403, 0],
    [{ kind: "primary-limit", resetsInSeconds: 60 }, 403, 0],
    [{ kind: "cut-before" }, "cut", 0],
    [{ kind: "cut-after" }, "cut", 1],
    [{ kind: "cut-answer", afterBytes: 10 }, "cut", 1],
    [{ kind: "body", body: "<html>", contentType: "text/html" }, 201, 1],
    [{ kind: "slow", milliseconds: 1 }, 201, 1],
  ];
  for (const [fault, status, done] of table) {
    await using github = await startGitHub();
    const armed = github.faults.add({ method: "POST", times: 1, fault });
    const answered = await ask(github, "POST", "/releases", { body }).then(
      (answer) => answer.status,
      () => "cut",
    );
    assert.deepEqual([answered, github.releases.length, armed.hits], [status, done, 1], fault.kind);
    assert.equal((await ask(github, "POST", "/releases", { body })).status, 201, `once: ${fault.kind}`);
  }
});

test("limits are told as GitHub tells them", async () => {
  await using github = await startGitHub();
  const rule = github.faults.add({ fault: { kind: "secondary-limit", retryAfterSeconds: 7 } });
  const secondary = await ask(github, "GET", "/releases");
  assert.equal(secondary.headers.get("retry-after"), "7");
  assert.match(secondary.body.message ?? "", /secondary rate limit/);
  rule.remove();
  github.faults.add({ fault: { kind: "primary-limit", resetsInSeconds: 60 } });
  const primary = await ask(github, "GET", "/releases");
  assert.equal(primary.headers.get("x-ratelimit-remaining"), "0");
  const reset = Number(primary.headers.get("x-ratelimit-reset")) - Date.now() / 1000;
  assert.ok(reset > 50 && reset <= 60, String(reset));
});

test("a rule strikes what it matches, so often, after so many", async () => {
  await using github = await startGitHub();
  github.faults.add({
    operation: "repos/list-releases",
    path: /page=2/,
    after: 1,
    times: 2,
    fault: { kind: "status", status: 500 },
  });
  const statuses: number[] = [];
  for (const page of [1, 2, 2, 2, 1, 2]) statuses.push((await ask(github, "GET", `/releases?page=${page}`)).status);
  assert.deepEqual(statuses, [200, 200, 500, 500, 200, 200]);
  github.faults.clear();
});

test("an upload can keep other bytes than were sent", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ ...body });
  github.faults.add({ operation: "repos/upload-release-asset", fault: { kind: "wrong-bytes" } });
  const answer = await upload(github, id, "name=a", "hello");
  assert.equal(github.bytesOf(answer.body.id ?? 0)?.toString(), "iello");
});

test("requests are written down with what was in them", async () => {
  await using github = await startGitHub();
  const id = github.putRelease({ ...body });
  await ask(github, "PATCH", `/releases/${id}`, { body: { tag_name: "v1", name: "One" } });
  await upload(github, id, "name=a", "hello");
  await ask(github, "GET", "/releases");
  assert.deepEqual(
    [...github.requests].map(({ method, at, operation, bytes, status }) => ({ method, at, operation, bytes, status })),
    [
      { method: "PATCH", at: "api", operation: "repos/update-release", bytes: 30, status: 200 },
      { method: "POST", at: "uploads", operation: "repos/upload-release-asset", bytes: 5, status: 201 },
      { method: "GET", at: "api", operation: "repos/list-releases", bytes: 0, status: 200 },
    ],
  );
  assert.deepEqual(github.requests.of("repos/update-release")[0]?.body, { tag_name: "v1", name: "One" });
  assert.equal(github.requests.writes().length, 2);
  assert.equal(github.requests.count("repos/list-releases"), 1);
  github.requests.clear();
  assert.equal(github.requests.length, 0);
});
