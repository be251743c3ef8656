import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dispatch, tagPush, workflowEnd } from "./support/events.ts";
import { assertNoSecrets, Forge } from "./support/forge.ts";
import { assertEnded } from "./support/hosted-runner.ts";
import { REPOSITORY } from "./support/release-stage.ts";

const CI = "CI (main)";
const PUBLISH = "Image, then release";
const RELEASE = { release: { assets: ["files/run"] } };
const AFTER_CI = { write: "release", release: { on: ["workflow_run", "dispatch"], ci: CI, version: "cat VERSION" } };

const released = ({ stage }: Forge) =>
  stage.github.releases.map(({ tag_name, draft }) => `${tag_name}${draft ? " (draft)" : ""}`);

describe("release.yml on machines of its own", { concurrency: 3 }, () => {
  test("a git tag: image everywhere, then the release", async () => {
    await using forge = await Forge.open(RELEASE, { write: "release" });
    const { stage } = forge;
    const sha = await forge.tag("v1.2.3");
    const run = await forge.run("release.yml", tagPush("v1.2.3", sha));
    assertEnded(run, 0);
    const [digest] = stage.digests("1.2.3");
    assert.ok(digest);
    for (const tag of ["1.2.3", "1.2", "1", "latest"]) assert.deepEqual(stage.digests(tag), [digest, digest, digest]);
  });
});
