import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { REPOSITORY, ReleaseStage } from "./support/release-stage.ts";

/** A version of its own commit. @returns the digest */
async function released(stage: ReleaseStage, version: string): Promise<string> {
  await stage.checkout.commit({ "files/version": version });
  await stage.checkout.write(`thing-${version}.zip`, version);
  const { report } = await stage.expect(0, ["release", version]);
  return report.image.digest;
}

/** The digest of each tag, at the primary; all registries have the same. */
function tagsOf(stage: ReleaseStage): Readonly<Record<string, string>> {
  const [first, ...others] = stage.registries.map((registry) => registry.tags(REPOSITORY));
  for (const other of others) assert.deepEqual(other, first);
  return first ?? {};
}

describe("tags", { concurrency: 3 }, () => {
  test("floating ones only go forward: an old line's patch leaves `latest`, a prerelease leaves all", async () => {
    await using stage = await ReleaseStage.open({
      config: { tags: ["{{version}}", "{{major}}.{{minor}}", "{{major}}", "latest"] },
    });
    const two = await released(stage, "2.0.0");
    assert.deepEqual(tagsOf(stage), { "2.0.0": two, "2.0": two, "2": two, latest: two });
    assert.equal(stage.github.latest, "v2.0.0");

    stage.github.requests.clear();
    const patch = await released(stage, "1.2.4");
    const afterPatch = { "2.0.0": two, "2.0": two, "2": two, latest: two, "1.2.4": patch, "1.2": patch, "1": patch };
    assert.deepEqual(tagsOf(stage), afterPatch);
    assert.equal(stage.github.latest, "v2.0.0");
    assert.deepEqual(publications(stage), [{ prerelease: false, make_latest: "false" }]);

    stage.github.requests.clear();
    const candidate = await released(stage, "2.1.0-rc.1");
    assert.deepEqual(tagsOf(stage), { ...afterPatch, "2.1.0-rc.1": candidate });
    assert.equal(stage.github.latest, "v2.0.0");
    assert.equal(stage.github.releases.at(-1)?.prerelease, true);
    assert.deepEqual(publications(stage), [{ prerelease: true, make_latest: "false" }]);

    // each stays when it is run again, whatever is newer by now
    const again = await stage.slipway(["release", "2.0.0", "--allow-dirty"]);
    assert.equal(again.code, 1, "another commit is checked out");
    const next = await released(stage, "2.1.0");
    assert.deepEqual([tagsOf(stage).latest, tagsOf(stage)["2"], tagsOf(stage)["1"]], [next, next, patch]);
    assert.equal(stage.github.latest, "v2.1.0");
  });

  test("a version is never overwritten: another commit with the same one is refused, and nothing is written", async () => {
    await using stage = await ReleaseStage.open();
    const first = await stage.expect(0, ["release", "1.2.3"]);
    const theirs = await stage.checkout.git("rev-parse", "HEAD");
    const ours = await stage.checkout.commit({ "files/run": "another" });
    stage.clear();
    for (const command of [
      ["release", "1.2.3"],
      ["push", "--for", "1.2.3"],
      ["push", "azure", "--for", "1.2.3"],
      ["build", "--for", "1.2.3"],
      ["github-release", "1.2.3"],
      ["plan", "release", "1.2.3"],
    ]) {
      const ended = await stage.slipway(command);
      assert.equal(ended.code, 1, `${command.join(" ")}\n${ended.stderr}`);
      assert.match(ended.stderr, /hub holds 1\.2\.3 already, of another commit/);
      assert.ok(ended.stderr.includes(theirs) && ended.stderr.includes(ours), ended.stderr);
    }
    assert.deepEqual(stage.writes, []);
    assert.equal(await stage.builds(), 1);
    assert.equal(tagsOf(stage)["1.2.3"], first.report.image.digest);
  });

  test("a tag at one registry that is another image: what others push there is never overwritten", async () => {
    await using stage = await ReleaseStage.open();
    await stage.expect(0, ["release", "1.2.3"]);
    const { report: elsewhere } = await stage.expect(0, ["push", "--for", "9.9.9"]);
    const digest = elsewhere.image.digest;
    const index = stage.azure.manifest(REPOSITORY, digest);
    assert.ok(index);
    await stage.azure.put(REPOSITORY, { root: index.descriptor, manifests: [index], blobs: [] }, "1.2.3");
    stage.clear();
    const ended = await stage.slipway(["release", "1.2.3"]);
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, /1\.2\.3 is not the same image everywhere: hub serves \S+, azure serves \S+/);
    assert.deepEqual(stage.writes, []);
    assert.equal(stage.azure.tags(REPOSITORY)["1.2.3"], digest);
  });

  test("a git tag of the release that is on another commit is found out before anything is built", async () => {
    await using stage = await ReleaseStage.open();
    await stage.checkout.git("remote", "add", "origin", "https://github.com/acme/app.git");
    stage.github.putTag("v1.2.3");
    const { report } = await stage.expect(1, ["release", "1.2.3"]);
    assert.equal(report.errors[0].code, "GIT_TAG_ELSEWHERE");
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(tagsOf(stage), {});
  });

  test("a git tag whose immutable release was deleted is burned, which is found out before anything is built", async () => {
    await using stage = await ReleaseStage.open({ github: { immutableReleases: true } });
    const { apiUrl, token } = stage.github;
    const id = stage.github.putRelease({ tag_name: "v1.2.3" });
    const headers = { authorization: `Bearer ${token}`, "user-agent": "a person" };
    const deleted = await fetch(`${apiUrl}/repos/${REPOSITORY}/releases/${id}`, { method: "DELETE", headers });
    assert.equal(deleted.status, 204);
    const { report } = await stage.expect(1, ["release", "1.2.3"]);
    assert.equal(report.errors[0].code, "TAG_BURNED");
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(tagsOf(stage), {});
  });
});

describe("a checkout with changes", { concurrency: 3 }, () => {
  for (const [command, goesOn] of [
    [["release", "1.2.3"], 0],
    [["push", "--for", "1.2.3"], 0],
    [["build", "--for", "1.2.3"], 0],
  ] as const) {
    test(`${command.join(" ")} needs --allow-dirty`, async () => {
      await using stage = await ReleaseStage.open();
      await stage.checkout.write("files/run", "changed, not committed");
      const refused = await stage.slipway(command);
      assert.equal(refused.code, 2, refused.stderr);
      assert.match(refused.stderr, /were changed after the commit [0-9a-f]{12}\n {2}commit or undo them/);
      assert.deepEqual(stage.writes, []);
      assert.deepEqual(await stage.checkout.filesBelow(".slipway"), []);
      await stage.expect(goesOn, [...command, "--allow-dirty"]);
      assert.equal(await stage.builds(), 1);
    });
  }

  test("files that git does not know are no changes", async () => {
    await using stage = await ReleaseStage.open();
    await stage.checkout.write("notes.txt", "mine");
    await stage.expect(0, ["build", "--for", "1.2.3"]);
  });
});

/** How drafts were published, in order. */
function publications(stage: ReleaseStage): readonly unknown[] {
  return stage.github.requests
    .of("repos/update-release")
    .map(({ body }) => body)
    .filter((body) => typeof body === "object" && body !== null && "draft" in body && body.draft === false)
    .map((body) => {
      const { prerelease, make_latest } = Object.fromEntries(Object.entries(body ?? {}));
      return { prerelease, make_latest };
    });
}
