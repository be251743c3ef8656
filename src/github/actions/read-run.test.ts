import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Folder, temporaryFolder } from "../../testing/index.ts";
import { readActionsRun } from "./read-run.ts";
import type { ActionsEvent, ActionsRun } from "./run.ts";

const [SHA, HEAD, BASE] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)] as const;
const ZEROS = "0".repeat(40);
const REPOSITORY = { full_name: "acme/app", default_branch: "main" };
const ACME = { owner: "acme", name: "app" };
const STRANGER = { owner: "stranger", name: "app" };

let folder: Folder;

before(async () => {
  folder = await temporaryFolder("actions");
});
after(() => folder.remove());

async function read(
  event: string,
  payload: unknown,
  environment: Readonly<Record<string, string>> = {},
): Promise<ActionsRun | undefined> {
  const path = join(folder.path, "event.json");
  await writeFile(path, typeof payload === "string" ? payload : JSON.stringify(payload));
  return await readActionsRun({
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: "refs/heads/main",
    GITHUB_SHA: SHA,
    GITHUB_REPOSITORY: "acme/app",
    GITHUB_RUN_ID: "42",
    ...environment,
  });
}

const pullRequest = (head: unknown) => ({
  number: 7,
  repository: REPOSITORY,
  pull_request: {
    base: { ref: "main", sha: BASE, repo: REPOSITORY },
    head: { ref: "feature", sha: HEAD, repo: head },
  },
});

const ofPullRequest = {
  kind: "pull_request",
  trigger: "pull_request",
  number: 7,
  baseRef: "main",
  baseSha: BASE,
  headRef: "feature",
  headSha: HEAD,
} as const;

const workflowRun = (head: unknown) => ({
  action: "completed",
  repository: REPOSITORY,
  workflow_run: {
    name: "CI",
    head_sha: HEAD,
    head_branch: "main",
    conclusion: "success",
    event: "push",
    head_repository: head,
  },
});

const ofWorkflowRun = {
  kind: "workflow_run",
  workflow: "CI",
  headSha: HEAD,
  headBranch: "main",
  conclusion: "success",
  event: "push",
} as const;

const EVENTS: readonly (readonly [name: string, payload: unknown, event: ActionsEvent])[] = [
  [
    "push",
    {
      ref: "refs/heads/main",
      before: BASE,
      after: SHA,
      created: false,
      deleted: false,
      forced: true,
      repository: REPOSITORY,
    },
    {
      kind: "push",
      ref: "refs/heads/main",
      before: BASE,
      after: SHA,
      isCreated: false,
      isDeleted: false,
      isForced: true,
    },
  ],
  [
    "push",
    { ref: "refs/tags/v1", before: ZEROS, after: SHA, created: true, deleted: false, forced: false },
    {
      kind: "push",
      ref: "refs/tags/v1",
      before: ZEROS,
      after: SHA,
      isCreated: true,
      isDeleted: false,
      isForced: false,
    },
  ],
  ["pull_request", pullRequest(REPOSITORY), { ...ofPullRequest, headRepository: ACME, isFork: false }],
  [
    "pull_request",
    pullRequest({ full_name: "stranger/app" }),
    { ...ofPullRequest, headRepository: STRANGER, isFork: true },
  ],
  ["pull_request", pullRequest(null), { ...ofPullRequest, isFork: true }],
  [
    "pull_request_target",
    pullRequest(REPOSITORY),
    { ...ofPullRequest, trigger: "pull_request_target", headRepository: ACME, isFork: false },
  ],
  ["schedule", { schedule: "0 0 * * *", repository: REPOSITORY }, { kind: "schedule", cron: "0 0 * * *" }],
  [
    "workflow_dispatch",
    { inputs: { version: "1.2.3", dry: true, count: 3, none: null } },
    { kind: "workflow_dispatch", inputs: { version: "1.2.3", dry: "true", count: "3", none: "" } },
  ],
  ["workflow_dispatch", { inputs: null }, { kind: "workflow_dispatch", inputs: {} }],
  ["workflow_run", workflowRun(REPOSITORY), { ...ofWorkflowRun, headRepository: ACME, isFork: false }],
  [
    "workflow_run",
    workflowRun({ full_name: "stranger/app" }),
    { ...ofWorkflowRun, headRepository: STRANGER, isFork: true },
  ],
  ["workflow_run", workflowRun(null), { ...ofWorkflowRun, isFork: true }],
  [
    "release",
    { action: "published", release: { tag_name: "v1", prerelease: false } },
    { kind: "release", action: "published", tag: "v1", isPrerelease: false },
  ],
  ["issues", { action: "opened" }, { kind: "other", name: "issues" }],
];

test("events, each by its payload", async () => {
  for (const [name, payload, event] of EVENTS) {
    const run = await read(name, payload);
    assert.deepEqual(run?.event, event, name);
    assert.equal(run?.revision, event.kind === "workflow_run" ? HEAD : SHA);
  }
});

test("what else a run knows", async () => {
  const [, payload, event] = EVENTS[0] ?? [];
  assert.deepEqual(await read("push", payload), {
    event,
    repository: ACME,
    serverUrl: "https://github.com",
    apiUrl: "https://api.github.com",
    ref: "refs/heads/main",
    sha: SHA,
    revision: SHA,
    defaultBranch: "main",
    runId: "42",
    runAttempt: 1,
    runUrl: "https://github.com/acme/app/actions/runs/42",
    isDebug: false,
  });
  const run = await read("pull_request", pullRequest(REPOSITORY), {
    GITHUB_SERVER_URL: "https://git.example.com",
    GITHUB_API_URL: "https://git.example.com/api/v3",
    GITHUB_RUN_ATTEMPT: "3",
    GITHUB_BASE_REF: "stable",
    RUNNER_TEMP: "/tmp/runner",
    RUNNER_DEBUG: "1",
  });
  assert.equal(run?.runUrl, "https://git.example.com/acme/app/actions/runs/42");
  assert.deepEqual([run?.apiUrl, run?.runAttempt], ["https://git.example.com/api/v3", 3]);
  assert.deepEqual([run?.temporaryFolder, run?.isDebug], ["/tmp/runner", true]);
  assert.equal(run?.event.kind === "pull_request" && run.event.baseRef, "stable");
});

test("outside of Actions there is no run", async () => {
  for (const environment of [{}, { GITHUB_ACTIONS: "false", GITHUB_EVENT_NAME: "push" }, { CI: "true" }]) {
    assert.equal(await readActionsRun(environment), undefined);
  }
});

test("a run that does not say what it is", async () => {
  for (const name of ["GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_SHA", "GITHUB_REF", "GITHUB_REPOSITORY"]) {
    await assert.rejects(read("issues", {}, { [name]: "" }), {
      code: "ACTIONS_RUN_INVALID",
      facts: { what: name, reason: "it is not set" },
    });
  }
  const path = join(folder.path, "event.json");
  for (const [payload, reason] of [
    ["{", "it is not JSON"],
    ["[]", /^the whole: /],
    ["{}", /^ref: /],
    [{ ref: "refs/heads/main", before: 1 }, /^before: /],
  ] as const) {
    await assert.rejects(read("push", payload), (error: { code: string; facts: { what: string; reason: string } }) => {
      assert.deepEqual([error.code, error.facts.what], ["ACTIONS_RUN_INVALID", path]);
      assert.match(error.facts.reason, new RegExp(reason));
      return true;
    });
  }
  await assert.rejects(read("push", {}, { GITHUB_EVENT_PATH: "/nowhere" }), {
    code: "ACTIONS_RUN_INVALID",
    facts: { what: "/nowhere", reason: "it cannot be read" },
  });
  await assert.rejects(read("issues", {}, { GITHUB_REPOSITORY: "acme" }), { code: "GITHUB_REPOSITORY_INVALID" });
});
