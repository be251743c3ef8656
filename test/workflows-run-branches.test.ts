import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { randomImage } from "../src/testing/index.ts";
import { branchPush, dispatch, pullRequest, schedule } from "./support/events.ts";
import { assertNoSecrets, Forge } from "./support/forge.ts";
import { assertEnded } from "./support/hosted-runner.ts";
import { LAYERS_BUILD, REPOSITORY } from "./support/release-stage.ts";

const BRANCHES = {
  build: { ...LAYERS_BUILD, paths: ["files/**"] },
  tags: ["type=ref,event=branch", "type=sha"],
  release: undefined,
};

describe("ci-pr.yml on machines of its own", { concurrency: 2 }, () => {
  for (const from of ["own", "fork"] as const) {
    test(`a pull request (${from}): built, without any secret, and nobody is asked or told anything`, async () => {
      await using forge = await Forge.open({}, {});
      const { stage, origin } = forge;
      const base = await forge.head();
      await stage.checkout.commit({ "files/run": "#!/bin/sh\necho changed\n" });
      const head = await origin.push("HEAD", "refs/pull/7/merge");
      const event = pullRequest(REPOSITORY, base, head, from === "own" ? REPOSITORY : "stranger/app");
      stage.clear();
      const run = await forge.run("ci-pr.yml", event, from);
      assertEnded(run, 0);
      assert.equal(run.builds, 1);
      assert.match(run.output, /sha256:[0-9a-f]{64}/);
      assert.equal(forge.requests, 0);
      assertNoSecrets(run);
      const publishing = await forge.run("release.yml", event, from);
      assert.equal(publishing.state, "not-triggered");
    });
  }

  test("a pull request that edits a workflow by hand fails", async () => {
    await using forge = await Forge.open({}, {});
    const { stage, origin } = forge;
    const base = await forge.head();
    const path = ".github/workflows/ci-pr.yml";
    await stage.checkout.commit({
      [path]: (await stage.checkout.read(path)).replace(/timeout-minutes: \d+/, "timeout-minutes: 7"),
    });
    const head = await origin.push("HEAD", "refs/pull/7/merge");
    const run = await forge.run("ci-pr.yml", pullRequest(REPOSITORY, base, head), "fork");
    assertEnded(run, 5);
    assert.equal(run.builds, 0);
  });
});

describe("build-push.yml on machines of its own", () => {
  test("a push that changes the image brings it everywhere; another nothing; by hand always", async () => {
    await using forge = await Forge.open(BRANCHES, { write: "build-push" });
    const { stage } = forge;
    const publish = "Build and push, where something changed";
    const before = await forge.head();
    const changed = await forge.push({ "files/run": "#!/bin/sh\necho changed\n" });
    const first = await forge.run("build-push.yml", branchPush("main", changed, before));
    assertEnded(first, 0);
    const sha = `sha-${changed.slice(0, 7)}`;
    const [digest] = stage.digests(sha);
    assert.ok(digest !== undefined);
    for (const tag of [sha, "main"]) assert.deepEqual(stage.digests(tag), [digest, digest, digest]);
    assert.match(first.summary, /### ✅ slipway push/);
    assertNoSecrets(first, [publish]);

    const other = await forge.push({ "README.md": "words\n" });
    stage.clear();
    const idle = await forge.run("build-push.yml", branchPush("main", other, changed));
    assertEnded(idle, 0);
    assert.deepEqual([idle.builds, stage.writes], [0, []]);

    const clicked = await forge.run("build-push.yml", dispatch("main", other));
    assertEnded(clicked, 0);
    const [own] = stage.digests(`sha-${other.slice(0, 7)}`);
    assert.ok(own !== undefined);
    assert.deepEqual(stage.digests("main"), [own, own, own]);
    assert.equal((await forge.run("build-push.yml", branchPush("feature", other, changed))).state, "not-triggered");
    assert.deepEqual(stage.github.releases, []);
  });
});

describe("sync-docker-acr.yml on machines of its own", () => {
  test("by the clock, by hand, by a push to publish; the log is kept, also of a run that failed", async () => {
    const file = "sync-docker-acr.yml";
    const mirrors = [{ from: "hub", to: ["aliyun", "azure"] }];
    const config = { build: undefined, tags: undefined, release: undefined, mirrors };
    await using forge = await Forge.open(config, {});
    const { stage } = forge;
    const head = await forge.head();
    const put = async (seed: string) => {
      const image = await randomImage({ seed });
      await stage.hub.put(REPOSITORY, image, seed);
      return image.root.digest;
    };
    const triggers = [schedule("17 0 * * *", head), dispatch("main", head), branchPush("publish", head)];
    for (const [at, event] of triggers.entries()) {
      const digest = await put(`1.${at}`);
      const run = await forge.run(file, event);
      assertEnded(run, 0);
      assert.deepEqual(stage.digests(`1.${at}`), [digest, digest, digest], event.name);
      const [log, ...more] = run.artifacts;
      assert.deepEqual([log?.name, log?.days, more], ["sync-log", 7, []]);
      assert.deepEqual(Object.keys(log?.files ?? {}), ["sync.log", "sync.json"]);
      assert.equal(JSON.parse(log?.files["sync.json"] ?? "").ok, true);
      assert.match(run.summary, /### ✅ slipway sync/);
      assertNoSecrets(run, ["Sync"]);
    }
    assert.equal((await forge.run(file, branchPush("main", head))).state, "not-triggered");
    assert.equal((await forge.run(file, schedule("0 0 * * *", head))).state, "not-triggered");

    await put("2.0");
    await stage.takeDown("azure");
    const failed = await forge.run(file, dispatch("main", head));
    assert.equal(failed.state, "ran");
    assert.ok(failed.state === "ran" && failed.code !== 0);
    assert.deepEqual(Object.keys(failed.artifacts[0]?.files ?? {}), ["sync.log", "sync.json"]);
    assert.match(failed.artifacts[0]?.files["sync.log"] ?? "", /azure|127\.0\.0\.1/);
    await stage.bringUp("azure");
    assertEnded(await forge.run(file, dispatch("main", head)), 0);
    assert.equal(stage.azure.tags(REPOSITORY)["2.0"], stage.hub.tags(REPOSITORY)["2.0"]);
  });
});
