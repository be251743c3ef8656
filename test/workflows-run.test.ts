import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { branchPush, dispatch, tagPush, workflowEnd } from "./support/events.ts";
import { assertNoSecrets, Forge } from "./support/forge.ts";
import { assertEnded } from "./support/hosted-runner.ts";
import { REPOSITORY } from "./support/release-stage.ts";

const FILE = "release.yml";
const CI = "CI (main)";
const PUBLISH = "Image, then release";
const RELEASE = { release: { github: REPOSITORY, assets: ["files/run"] } };
const BY_TAG = { write: "release" };
const AFTER_CI = { write: "release", release: { on: ["workflow_run", "dispatch"], ci: CI, version: "cat VERSION" } };

function released({ stage }: Forge): readonly string[] {
  return stage.github.releases.map(({ tag_name, draft }) => `${tag_name}${draft ? " (draft)" : ""}`);
}

/** Fails unless all registries serve one digest under each tag. @returns it */
function served({ stage }: Forge, ...tags: readonly string[]): string {
  const digests = new Set(tags.flatMap((tag) => stage.digests(tag)));
  const [digest, ...others] = digests;
  assert.ok(digest !== undefined && others.length === 0, `${tags.join(", ")}: ${[...digests].join(", ")}`);
  return digest;
}

describe("release.yml on machines of its own", { concurrency: 3 }, () => {
  test("a git tag: image everywhere, then the release; the same run again writes nothing", async () => {
    await using forge = await Forge.open(RELEASE, BY_TAG);
    const { stage } = forge;
    const event = tagPush("v1.2.3", await forge.tag("v1.2.3"));
    const run = await forge.run(FILE, event);
    assertEnded(run, 0);
    served(forge, "1.2.3", "1.2", "1", "latest");
    assert.deepEqual(released(forge), ["v1.2.3"]);
    assert.match(run.summary, /### ✅ slipway release/);
    assert.equal(run.builds, 1);
    assertNoSecrets(run, [PUBLISH]);

    stage.clear();
    const again = await forge.run(FILE, event);
    assertEnded(again, 0);
    assert.deepEqual([stage.writes, again.builds], [[], 0]);
    assert.deepEqual(stage.github.violations, []);
    assert.equal((await forge.run(FILE, tagPush("nightly", event.sha))).state, "not-triggered");
  });

  test("a registry was down: nothing is released; the run again, elsewhere, builds nothing and releases once", async () => {
    await using forge = await Forge.open(RELEASE, BY_TAG);
    const { stage } = forge;
    const event = tagPush("v1.2.3", await forge.tag("v1.2.3"));
    await stage.takeDown("azure");
    const failed = await forge.run(FILE, event);
    assertEnded(failed, 1);
    assert.deepEqual([released(forge), failed.builds], [[], 1]);
    assert.match(failed.summary, /### ❌ slipway release/);
    const built = stage.hub.tags(REPOSITORY)["1.2.3"];
    assert.ok(built !== undefined, "the registries that were there have it");

    await stage.bringUp("azure");
    const again = await forge.run(FILE, event);
    assertEnded(again, 0);
    assert.equal(again.builds, 0);
    assert.equal(served(forge, "1.2.3", "latest"), built);
    assert.deepEqual(released(forge), ["v1.2.3"]);
    assertNoSecrets(failed, [PUBLISH]);
    assertNoSecrets(again, [PUBLISH]);
  });

  test("after CI: the commit that was tested is what is released, though the branch is further", async () => {
    await using forge = await Forge.open(RELEASE, AFTER_CI);
    const tested = await forge.push({ "files/run": "#!/bin/sh\necho tested\n" });
    const newest = await forge.push({ "files/run": "#!/bin/sh\necho newest\n", VERSION: "9.9.9\n" });
    const run = await forge.run(FILE, { ...workflowEnd(REPOSITORY, CI, tested), sha: newest });
    assertEnded(run, 0);
    served(forge, "1.2.3", "latest");
    assert.deepEqual(released(forge), ["v1.2.3"]);
    assert.equal(forge.stage.github.tags["v1.2.3"], tested);
    assert.deepEqual(run.steps.find(({ name }) => name === "Version")?.outputs, { version: "1.2.3" });
    assertNoSecrets(run, [PUBLISH]);
  });

  test("a push to main, where that releases: the version that its command prints", async () => {
    const release = { on: "main", version: "cat VERSION" };
    await using forge = await Forge.open({ ...RELEASE, tags: ["{{version}}"] }, { write: "release", release });
    const before = await forge.head();
    const after = await forge.push({ VERSION: "1.3.0\n" });
    const run = await forge.run(FILE, branchPush("main", after, before));
    assertEnded(run, 0);
    served(forge, "1.3.0");
    assert.deepEqual([released(forge), forge.stage.github.tags["v1.3.0"]], [["v1.3.0"], after]);
    assert.equal((await forge.run(FILE, branchPush("feature", after, before))).state, "not-triggered");
    assertNoSecrets(run, [PUBLISH]);
  });

  test("by hand: the version that was filled in, or the computed one; without any, nothing", async () => {
    await using forge = await Forge.open(RELEASE, AFTER_CI);
    const { stage } = forge;
    const head = await forge.head();
    const asked = await forge.run(FILE, dispatch("main", head, { version: "2.0.0" }));
    assertEnded(asked, 0);
    served(forge, "2.0.0", "latest");
    const computed = await forge.run(FILE, dispatch("main", head, { version: "" }));
    assertEnded(computed, 0);
    assert.deepEqual(released(forge), ["v2.0.0", "v1.2.3"]);

    stage.clear();
    const empty = await forge.run(FILE, dispatch("main", await forge.push({ VERSION: "" })));
    assertEnded(empty, 0);
    assert.ok(!empty.steps.some(({ name }) => name === PUBLISH), "there is nothing to release");
    await stage.checkout.remove("VERSION");
    const broken = await forge.run(FILE, dispatch("main", await forge.push({})));
    assertEnded(broken, 1);
    assert.equal(forge.requests, 0);
  });

  test("nothing but CI's success after a push to this repository's branch gets a machine", async () => {
    await using forge = await Forge.open(RELEASE, AFTER_CI);
    const { stage } = forge;
    const head = await forge.head();
    const stranger = { full_name: "stranger/app" };
    const CASES: readonly (readonly [state: string, run: Readonly<Record<string, unknown>>])[] = [
      ["skipped", { head_repository: stranger }],
      ["skipped", { head_repository: stranger, event: "pull_request" }],
      ["skipped", { head_repository: { full_name: `${REPOSITORY}-2` } }],
      ["skipped", { head_repository: null }],
      ["skipped", { event: "pull_request" }],
      ["skipped", { event: "schedule" }],
      ["skipped", { event: "workflow_dispatch" }],
      ["skipped", { conclusion: "failure" }],
      ["skipped", { conclusion: "cancelled" }],
      ["skipped", { conclusion: null }],
      ["not-triggered", { head_branch: "feature" }],
      ["not-triggered", { name: "CI (PR)" }],
    ];
    stage.clear();
    for (const [state, differs] of CASES) {
      const run = await forge.run(FILE, workflowEnd(REPOSITORY, CI, head, differs));
      assert.equal(run.state, state, JSON.stringify(differs));
    }
    const begun = workflowEnd(REPOSITORY, CI, head);
    const requested = { ...begun, payload: { ...begun.payload, action: "requested" } };
    assert.equal((await forge.run(FILE, requested)).state, "not-triggered");
    assert.equal(forge.requests, 0);

    // Each guard keeps out what no other does.
    const path = `.github/workflows/${FILE}`;
    const written = await stage.checkout.read(path);
    for (const [guard, differs] of [
      ["github.event.workflow_run.head_repository.full_name == github.repository", { head_repository: stranger }],
      ["github.event.workflow_run.event == 'push'", { event: "pull_request" }],
      ["github.event.workflow_run.conclusion == 'success'", { conclusion: "failure" }],
    ] as const) {
      assert.ok(written.includes(guard));
      const sha = await forge.push({ [path]: written.replace(guard, "true"), VERSION: "" });
      const run = await forge.run(FILE, workflowEnd(REPOSITORY, CI, sha, differs));
      assert.equal(run.state, "ran", guard);
    }
  });
});
