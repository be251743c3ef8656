import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ASSET, OUTLETS, type OutletName, REPOSITORY, ReleaseStage } from "./support/release-stage.ts";

const RELEASE = ["release", "1.2.3"];
/** As a job of GitHub Actions would find it. */
const SUMMARY = "summary.md";
/** Where `docker login` writes. */
const LOGINS = "home/.docker/config.json";

interface StepReport {
  readonly step: string;
  readonly subject?: string;
  readonly status: string;
  readonly remark?: string;
  readonly tolerated?: boolean;
  readonly error?: { readonly code: string };
}

/** What became of a part of a step. */
function ending(steps: readonly StepReport[], step: string, subject?: string): readonly unknown[] {
  const found = steps.find((one) => one.step === step && one.subject === subject);
  return [found?.status, found?.error?.code ?? found?.remark];
}

function uploadsAt(stage: ReleaseStage, name: OutletName): number {
  return stage[name].requests.of("PUT", "manifest").length;
}

describe("a registry that is down", { concurrency: 3 }, () => {
  for (const down of ["azure", "hub"] as const) {
    test(`required (${down}): no release, no draft; the same command goes on, and nothing is built again`, async () => {
      await using stage = await ReleaseStage.open();
      await stage.takeDown(down);
      const up = OUTLETS.filter((name) => name !== down);
      const { host } = stage[down];
      const env = { GITHUB_STEP_SUMMARY: stage.checkout.path(SUMMARY) };
      const first = await stage.expect(1, RELEASE, { env });
      assert.equal(stage.github.releases.length, 0);
      assert.deepEqual(stage.github.requests.writes(), []);
      const served = new Set(up.map((name) => stage[name].tags(REPOSITORY)["1.2.3"]));
      const [digest] = served;
      assert.ok(served.size === 1 && digest !== undefined);
      for (const name of up)
        assert.deepEqual(Object.keys(stage[name].tags(REPOSITORY)), ["1.2.3"], "nothing floats yet");

      // which step, why, what is left where, and what goes on: to people, to programs, on the job's page
      const { steps, left, next, errors, ok } = first.report;
      assert.equal(ok, false);
      assert.deepEqual(ending(steps, "push", down), ["failed", "HOST_UNREACHABLE"]);
      assert.deepEqual(ending(steps, "push"), ["failed", "PUBLISH_INCOMPLETE"]);
      assert.deepEqual(
        errors.map(({ code }: { code: string }) => code),
        ["PUBLISH_INCOMPLETE"],
      );
      assert.equal(next, "slipway release 1.2.3");
      const there = up.map((name) => `${stage[name].host}/${REPOSITORY}:1.2.3  ${digest}`);
      const rest = [
        `${host}/${REPOSITORY}:1.2.3  could not be asked (HOST_UNREACHABLE)`,
        "acme/app  no release, no draft of v1.2.3",
      ];
      assert.deepEqual([...left].sort(), [...there, ...rest].sort());
      const page = await stage.checkout.read(SUMMARY);
      for (const text of [first.stderr, page.replaceAll("\\", "")]) {
        assert.match(text, new RegExp(`not at every registry that it has to be at: ${down}`));
        assert.ok(text.includes(`${host} cannot be reached`), text);
        for (const line of left) assert.ok(text.includes(line), `${line}\n${text}`);
        assert.ok(text.includes("Go on with: slipway release 1.2.3"), text);
      }

      await stage.bringUp(down);
      stage.clear();
      const second = await stage.expect(0, RELEASE);
      assert.equal(second.report.image.digest, digest);
      assert.deepEqual(stage.digests("1.2.3"), [digest, digest, digest]);
      assert.deepEqual(stage.digests("latest"), [digest, digest, digest]);
      assert.equal(await stage.builds(), 1);
      assert.equal(stage.github.releases.length, 1);
      assert.deepEqual([stage.github.releases[0]?.draft, stage.github.latest], [false, "v1.2.3"]);
      // three floating tags for each; the index and both platforms only where they were missing
      for (const name of up) assert.equal(uploadsAt(stage, name), 3, name);
      assert.equal(uploadsAt(stage, down), 6);
    });
  }

  test("on another machine the same command goes on with the digest that is there", async () => {
    await using stage = await ReleaseStage.open();
    await stage.takeDown("azure");
    await stage.expect(1, RELEASE);
    const [digest] = stage.digests("1.2.3");
    await stage.bringUp("azure");
    await stage.checkout.remove(".slipway");
    const { report } = await stage.expect(0, RELEASE);
    assert.deepEqual(ending(report.steps, "build"), ["skipped", "build.exists"]);
    assert.deepEqual(stage.digests("1.2.3"), [digest, digest, digest]);
    assert.equal(await stage.builds(), 0);
  });

  test("optional: released, exit 3, said; the next run heals it", async () => {
    await using stage = await ReleaseStage.open();
    await stage.takeDown("aliyun");
    const { host } = stage.aliyun;
    const first = await stage.expect(3, RELEASE);
    const [digest] = stage.digests("1.2.3");
    assert.equal(first.report.ok, false);
    assert.deepEqual(ending(first.report.steps, "push", "aliyun"), ["failed", "HOST_UNREACHABLE"]);
    assert.match(first.stderr, /! app 1\.2\.3 is published, but not at aliyun: the next run brings it there/);
    assert.equal(stage.github.latest, "v1.2.3");
    assert.ok(!stage.github.releases[0]?.body?.includes(host));
    await stage.bringUp("aliyun");
    const second = await stage.expect(0, RELEASE);
    assert.equal(second.report.image.digest, digest);
    for (const tag of ["1.2.3", "latest"]) assert.deepEqual(stage.digests(tag), [digest, digest, digest]);
    assert.equal(await stage.builds(), 1);
    assert.equal(stage.github.releases.length, 1);
    assert.ok(stage.github.releases[0]?.body?.includes(`${host}/${REPOSITORY}@${digest}`), "the table is renewed");
  });

  test("where building again would give a second digest, nothing is built while the primary cannot be asked", async () => {
    await using stage = await ReleaseStage.open({ config: { build: { with: "buildah" } } });
    await stage.takeDown("hub");
    const { report, stderr } = await stage.expect(1, RELEASE);
    assert.deepEqual(ending(report.steps, "preflight"), ["failed", "VERSION_UNKNOWABLE"]);
    assert.match(stderr, /could not be found out: hub does not answer/);
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(stage.azure.tags(REPOSITORY), {});
  });
});

describe("a registry that refuses", { concurrency: 3 }, () => {
  const auth = { kind: "basic", users: { alice: "right" } } as const;
  /** Every registry wants a password; that for one of them is wrong. */
  const logins = (stage: ReleaseStage, refused?: OutletName) => {
    const auths = OUTLETS.map((name) => {
      const password = name === refused ? "wrong" : "right";
      return [stage[name].host, { auth: Buffer.from(`alice:${password}`).toString("base64") }] as const;
    });
    return JSON.stringify({ auths: Object.fromEntries(auths) });
  };

  test("the password of a required one: exit 4 before anything is built; with the right one it goes on", async () => {
    await using stage = await ReleaseStage.open({ registry: { auth } });
    await stage.checkout.write(LOGINS, logins(stage, "azure"));
    const { report, stderr } = await stage.expect(4, RELEASE);
    assert.deepEqual(ending(report.steps, "preflight", "azure"), ["failed", "UNAUTHORIZED"]);
    assert.ok(stderr.includes(stage.azure.host), stderr);
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(stage.digests("1.2.3"), [undefined, undefined, undefined]);
    assert.deepEqual(stage.github.requests.writes(), []);
    await stage.checkout.write(LOGINS, logins(stage));
    await stage.expect(0, RELEASE);
  });

  test("the password of an optional one: released, exit 3", async () => {
    await using stage = await ReleaseStage.open({ registry: { auth } });
    await stage.checkout.write(LOGINS, logins(stage, "aliyun"));
    const { report } = await stage.expect(3, RELEASE);
    assert.deepEqual(ending(report.steps, "push", "aliyun"), ["failed", "UNAUTHORIZED"]);
    assert.equal(stage.github.latest, "v1.2.3");
  });

  test("the token of GitHub: exit 4, and no image is pushed for a release that could not come", async () => {
    await using stage = await ReleaseStage.open();
    const env = { GITHUB_TOKEN: "not-the-token" };
    const { report } = await stage.expect(4, RELEASE, { env });
    assert.equal(report.errors[0].code, "GITHUB_UNAUTHORIZED");
    assert.equal(await stage.builds(), 0);
    assert.deepEqual(stage.digests("1.2.3"), [undefined, undefined, undefined]);
  });

  test("a token without the right: named, before anything is built", async () => {
    await using stage = await ReleaseStage.open({ github: { rights: "read" } });
    const { report } = await stage.expect(4, RELEASE);
    assert.equal(report.errors[0].code, "RELEASE_NOT_ALLOWED");
    assert.equal(await stage.builds(), 0);
  });

  test("an asset that is not there: found out before anything is pushed", async () => {
    await using stage = await ReleaseStage.open();
    await stage.checkout.remove(ASSET);
    const { report } = await stage.expect(1, RELEASE);
    assert.deepEqual(ending(report.steps, "assets"), ["failed", "ASSET_NOT_FOUND"]);
    assert.deepEqual(stage.digests("1.2.3"), [undefined, undefined, undefined]);
  });
});
