import assert from "node:assert/strict";
import { test } from "node:test";
import { atGitHub } from "../testing/github/client.ts";
import { failure } from "../words/error.ts";

test("questions are asked again after what may pass", async () => {
  for (const fault of [
    { kind: "status", status: 500 },
    { kind: "status", status: 502 },
    { kind: "status", status: 503 },
    { kind: "status", status: 429, headers: { "retry-after": "0" } },
    { kind: "secondary-limit", retryAfterSeconds: 0 },
    { kind: "primary-limit", resetsInSeconds: 0 },
    { kind: "cut-before" },
    { kind: "cut-after" },
    { kind: "cut-answer", afterBytes: 20 },
  ] as const) {
    await atGitHub(async ({ server, github, events }) => {
      const id = server.putRelease({ tag_name: "v1" });
      server.faults.add({ operation: "repos/get-release", times: 2, fault });
      assert.equal((await github.release(id))?.tag, "v1", fault.kind);
      assert.equal(server.requests.count("repos/get-release"), 3);
      assert.deepEqual(
        events.flatMap((event) => (event.kind === "retrying" ? [event.attempt] : [])),
        [1, 2],
      );
    });
  }
});

test("questions are asked no more often than that", () =>
  atGitHub(async ({ server, github }) => {
    server.faults.add({ fault: { kind: "status", status: 502 } });
    await assert.rejects(github.release(1), {
      code: "GITHUB_UNAVAILABLE",
      retryable: true,
      facts: { status: 502, host: new URL(server.apiUrl).host, operation: "GET /repos/acme/app/releases/1" },
    });
    assert.equal(server.requests.length, 3);
  }));

test("what will not pass is asked once", async () => {
  for (const [fault, code] of [
    [{ kind: "status", status: 401 }, "GITHUB_UNAUTHORIZED"],
    [{ kind: "status", status: 403 }, "GITHUB_DENIED"],
    [{ kind: "status", status: 422 }, "GITHUB_REFUSED"],
    [{ kind: "status", status: 400 }, "GITHUB_REFUSED"],
    [{ kind: "status", status: 301 }, "GITHUB_ANSWER"],
    [{ kind: "primary-limit", resetsInSeconds: 3000 }, "GITHUB_RATE_LIMITED"],
  ] as const) {
    await atGitHub(async ({ server, github }) => {
      server.faults.add({ fault });
      await assert.rejects(github.release(1), { code, retryable: false }, JSON.stringify(fault));
      assert.equal(server.requests.length, 1, JSON.stringify(fault));
    });
  }
});

test("F9: an absurd Retry-After is clamped, and told", () =>
  atGitHub(async ({ server, github, events }) => {
    const id = server.putRelease({ tag_name: "v1" });
    server.faults.add({ times: 1, fault: { kind: "secondary-limit", retryAfterSeconds: 1_000_000 } });
    assert.equal((await github.release(id))?.tag, "v1");
    assert.deepEqual(
      events.filter(({ kind }) => kind === "waiting"),
      [{ kind: "waiting", host: new URL(server.apiUrl).host, seconds: 0.02, reason: "rate-limit" }],
    );
  }));

test("after a rate limit everything waits, also what comes after a creation that met it", async () => {
  const controller = new AbortController();
  await atGitHub(
    async ({ server, github }) => {
      const draft = { tag: "v1", target: "main", name: "", body: "", prerelease: false };
      server.faults.add({ times: 1, fault: { kind: "secondary-limit", retryAfterSeconds: 60 } });
      await assert.rejects(github.createDraft(draft), { code: "GITHUB_RATE_LIMITED", retryable: true });
      const asked = github.findReleases("v1");
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(server.requests.length, 1);
      controller.abort(failure("INTERRUPTED", {}));
      await assert.rejects(asked, { code: "INTERRUPTED" });
    },
    { client: { signal: controller.signal, retry: { longestMilliseconds: 60_000 } } },
  );
});

test("an interruption ends the wait and the work, with its own reason", async () => {
  const controller = new AbortController();
  const interrupted = failure("INTERRUPTED", {});
  await atGitHub(
    async ({ server, github }) => {
      server.faults.add({ fault: { kind: "secondary-limit", retryAfterSeconds: 60 } });
      const asked = github.release(1);
      while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(interrupted);
      await assert.rejects(asked, interrupted);
      await assert.rejects(github.release(1), interrupted);
      assert.equal(server.requests.length, 1);
    },
    { client: { signal: controller.signal, retry: { longestMilliseconds: 60_000 } } },
  );
});

test("an interruption ends a request that is under way", async () => {
  const controller = new AbortController();
  const interrupted = failure("INTERRUPTED", {});
  await atGitHub(
    async ({ server, github }) => {
      server.faults.add({ fault: { kind: "slow", milliseconds: 20_000 } });
      const asked = github.release(1);
      while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(interrupted);
      await assert.rejects(asked, interrupted);
    },
    { client: { signal: controller.signal } },
  );
});

test("F5: a silent answer is left after a while, and asked for again", () =>
  atGitHub(
    async ({ server, github }) => {
      const id = server.putRelease({ tag_name: "v1" });
      server.faults.add({ times: 1, fault: { kind: "slow", milliseconds: 20_000 } });
      assert.equal((await github.release(id))?.tag, "v1");
      assert.equal(server.requests.count("repos/get-release"), 2);
    },
    { client: { silence: { answerMilliseconds: 1000 } } },
  ));

test("requests are told without their query", () =>
  atGitHub(async ({ server, github, events }) => {
    await github.findReleases("v1");
    assert.deepEqual(
      events.map((event) => (event.kind === "request" ? [event.method, event.url, event.status] : event)),
      [
        ["GET", `${server.apiUrl}/repos/acme/app/releases`, 200],
        ["GET", `${server.apiUrl}/repos/acme/app/releases/tags/v1`, 404],
        ["GET", `${server.apiUrl}/repos/acme/app`, 200],
      ],
    );
  }));
