import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { randomImage } from "../src/testing/index.ts";
import { branchPush, pullRequest, tagPush } from "./support/events.ts";
import type { GitHubEvent } from "./support/github-event.ts";
import { ASSET, LAYERS_BUILD, REPOSITORY, ReleaseStage } from "./support/release-stage.ts";

const CONFIG = {
  build: { ...LAYERS_BUILD, paths: ["files/**", "Dockerfile"] },
  tags: ["{{version}}", "latest", "type=ref,event=branch", "type=ref,event=pr", "type=sha"],
};
const OUTPUT = "home/outputs";
const SUMMARY = "home/summary.md";

/** What a job of GitHub Actions has in its environment. */
async function actions({ checkout }: ReleaseStage, event: GitHubEvent): Promise<Readonly<Record<string, string>>> {
  const payload = { ...event.payload, repository: { full_name: REPOSITORY, default_branch: "main" } };
  await checkout.write("home/event.json", JSON.stringify(payload));
  await checkout.write(OUTPUT, "");
  await checkout.write(SUMMARY, "");
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: checkout.path("home/event.json"),
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_REF: event.ref,
    GITHUB_SHA: event.sha,
    GITHUB_RUN_ID: "42",
    GITHUB_OUTPUT: checkout.path(OUTPUT),
    GITHUB_STEP_SUMMARY: checkout.path(SUMMARY),
  };
}

const short = (revision: string) => `sha-${revision.slice(0, 7)}`;

/** Two commits; the second changes `file`. */
async function changed(
  stage: ReleaseStage,
  file: string,
): Promise<{ readonly before: string; readonly after: string }> {
  const before = await stage.checkout.git("rev-parse", "HEAD");
  return { before, after: await stage.checkout.commit({ [file]: "changed" }) };
}

describe("slipway push in GitHub Actions", { concurrency: 3 }, () => {
  test("a push to a branch that changed what is built: under the branch and the commit; again: not built again", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const { before, after } = await changed(stage, "files/run");
    const env = await actions(stage, branchPush("main", after, before));
    const { report } = await stage.expect(0, ["push"], { env });
    const { digest } = report.image;
    assert.deepEqual([report.image.tags, report.image.floatingTags], [[short(after)], ["main"]]);
    for (const tag of [short(after), "main"]) assert.deepEqual(stage.digests(tag), [digest, digest, digest]);
    assert.deepEqual(Object.keys(stage.hub.tags(REPOSITORY)).sort(), [short(after), "main"].sort());
    assert.match(await stage.checkout.read(SUMMARY), /### ✅ slipway push/);

    // the same commit on a fresh runner
    await stage.checkout.remove(".slipway");
    stage.clear();
    const again = await stage.expect(0, ["push"], { env: await actions(stage, branchPush("main", after, before)) });
    assert.equal(again.report.image.digest, digest);
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(stage.writes, []);
  });

  test("a branch's tag moves on with the next commit, and the commit's own stays", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const first = await changed(stage, "files/run");
    await stage.expect(0, ["push"], { env: await actions(stage, branchPush("main", first.after, first.before)) });
    const [one] = stage.digests("main");
    const second = await changed(stage, "files/other");
    await stage.expect(0, ["push"], { env: await actions(stage, branchPush("main", second.after, second.before)) });
    const [two] = stage.digests("main");
    assert.notEqual(one, two);
    assert.deepEqual(stage.digests(short(first.after)), [one, one, one]);
    assert.deepEqual(stage.digests(short(second.after)), [two, two, two]);
  });

  test("a push that changed nothing of build.paths: nothing is built or pushed, exit 0", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const { before, after } = await changed(stage, "README.md");
    for (const command of ["push", "build"]) {
      const env = await actions(stage, branchPush("main", after, before));
      const { report, stderr } = await stage.expect(0, [command], { env });
      assert.deepEqual(
        report.steps.map(({ step, remark }: { step: string; remark: string }) => [step, remark]),
        [["build", "build.unchanged"]],
      );
      assert.match(stderr, /nothing to do/);
      const planned = await stage.expect(0, [command, "--dry-run"], { env });
      assert.deepEqual(
        planned.report.plan.map(({ action }: { action: string }) => action),
        ["leave"],
      );
    }
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(stage.writes, []);
    // --force builds all the same; a branch that is new has nothing to be compared with
    await stage.expect(0, ["build", "--force"], { env: await actions(stage, branchPush("main", after, before)) });
    assert.equal(await stage.builds(), 1);
    await stage.expect(0, ["push"], { env: await actions(stage, branchPush("feature/x", after)) });
    assert.deepEqual(Object.keys(stage.hub.tags(REPOSITORY)).sort(), [short(after), "feature-x"].sort());
  });

  test("a pull request's image is named by its number", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const { before, after } = await changed(stage, "files/run");
    const env = await actions(stage, pullRequest(REPOSITORY, before, after));
    const { report } = await stage.expect(0, ["push"], { env });
    assert.deepEqual(report.image.floatingTags, ["pr-7"]);
    assert.deepEqual(Object.keys(stage.hub.tags(REPOSITORY)).sort(), ["pr-7", short(after)].sort());
  });

  test("a git tag's run releases its version; a branch's run does not, whatever tag its commit has", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const { before, after } = await changed(stage, "files/run");
    await stage.checkout.git("tag", "v1.2.3");
    const onBranch = await stage.slipway(["release"], { env: await actions(stage, branchPush("main", after, before)) });
    assert.equal(onBranch.code, 2, onBranch.stderr);
    assert.match(onBranch.stderr, /which version\?/);
    // the commit that is checked out here is one that GitHub does not know: the release names its default branch
    const config = { ...CONFIG, release: { github: REPOSITORY, target: "main", assets: ["thing-{{version}}.zip"] } };
    await using tagged = await ReleaseStage.open({ config });
    const sha = await tagged.checkout.git("rev-parse", "HEAD");
    const { report } = await tagged.expect(0, ["release"], { env: await actions(tagged, tagPush("v1.2.3", sha)) });
    assert.deepEqual([report.image.version, tagged.github.latest], ["1.2.3", "v1.2.3"]);
    assert.match(await tagged.checkout.read(SUMMARY), /### ✅ slipway release: app 1\\?\.2\\?\.3/);
    const labels = JSON.stringify(report);
    assert.ok(labels.includes(sha));
  });

  test("somebody's click without a version pushes the branch", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const sha = await stage.checkout.git("rev-parse", "HEAD");
    const click: GitHubEvent = { name: "workflow_dispatch", payload: { inputs: {} }, ref: "refs/heads/main", sha };
    const { report } = await stage.expect(0, ["push"], { env: await actions(stage, click) });
    assert.deepEqual(report.image.floatingTags, ["main"]);
  });

  test("a commit's tag that stands for another image is left, and said", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const { before, after } = await changed(stage, "files/run");
    const foreign = await randomImage({ seed: "foreign" });
    await stage.azure.put(REPOSITORY, foreign, short(after));
    const env = await actions(stage, branchPush("main", after, before));
    const { report } = await stage.expect(1, ["push"], { env });
    assert.equal(report.errors[0].code, "VERSION_TAKEN");
    assert.equal(stage.azure.tags(REPOSITORY)[short(after)], foreign.root.digest);
    assert.deepEqual(stage.writes, []);
  });
});

describe("slipway changed", { concurrency: 3 }, () => {
  /** Globs, what they are to match of the last commit, by the rules of dorny/paths-filter. */
  const TABLE: readonly (readonly [args: readonly string[], files: readonly string[]])[] = [
    [[], ["files/run"]],
    [["files/**"], ["files/run"]],
    [["*.md"], ["README.md"]],
    [["*"], ["README.md"]],
    [["**"], ["README.md", "files/run"]],
    [["api/**"], []],
    [["!files/**"], ["README.md"]],
    [["**", "!files/**", "--match", "every"], ["README.md"]],
    [
      ["**", "!files/**"],
      ["README.md", "files/run"],
    ],
  ];

  test("with globs or build.paths, and a base, tells what matches", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    await stage.checkout.remove(ASSET);
    const before = await stage.checkout.git("rev-parse", "HEAD");
    await stage.checkout.commit({ "files/run": "changed", "README.md": "new" });
    for (const [args, files] of TABLE) {
      const { report } = await stage.expect(0, ["changed", ...args, "--base", before]);
      assert.equal(report.changed, files.length > 0, args.join(" "));
      assert.deepEqual(report.files.map(({ path }: { path: string }) => path).sort(), files, args.join(" "));
    }
    const people = await stage.slipway(["changed", "files/**", "--base", before]);
    assert.deepEqual([people.stdout, people.code], ["files/run\n", 0]);
    assert.match(people.stderr, /^changed: 1 files? match/);
  });

  test("in Actions the event says what to compare with, and the output says so", async () => {
    await using stage = await ReleaseStage.open({ config: CONFIG });
    const { before, after } = await changed(stage, "README.md");
    for (const [globs, value] of [
      [["files/**"], "false"],
      [["*.md"], "true"],
    ] as const) {
      const env = await actions(stage, branchPush("main", after, before));
      await stage.expect(0, ["changed", ...globs], { env });
      assert.match(await stage.checkout.read(OUTPUT), new RegExp(`^changed<<(\\S+)\n${value}\n\\1\n$`));
    }
  });

  for (const [args, said] of [
    [["changed", "files/**"], /changed since what\?/],
    [["changed", "files/**", "--base", "nowhere"], /nowhere/],
    [["changed", "files/**", "--base", "HEAD", "--match", "sometimes"], /--match does not take sometimes/],
  ] as const) {
    test(`${args.join(" ")} is refused`, async () => {
      await using stage = await ReleaseStage.open();
      const ended = await stage.slipway(args);
      assert.notEqual(ended.code, 0);
      assert.match(ended.stderr, said);
    });
  }
});
