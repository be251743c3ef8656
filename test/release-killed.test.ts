import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { skopeoDigest, startDockerRegistry } from "../src/testing/index.ts";
import { type Place, skopeoEnd } from "./support/images.ts";
import { type JournalLine, journals } from "./support/journals.ts";
import { REPOSITORY, ReleaseStage } from "./support/release-stage.ts";

const VERSIONS = ["1.0.0", "1.1.0", "2.0.0", "1.1.1"];
const KILLS_EACH = 3;
/** So many lines more has a journal whose run was not killed, about. */
const JOURNAL_LINES = 60;
/** A kill comes up to so long after the line that it waits for: in the middle of what follows. */
const LATER_MILLISECONDS = 15;
const SEED = Number(process.env.SLIPWAY_TEST_SEED ?? 20261125);

/** The same numbers between 0 and 1 for the same seed. https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function* random(seed: number): Generator<number, never> {
  for (let state = seed % 2147483647; ; ) {
    state = (state * 48271) % 2147483647;
    yield state / 2147483647;
  }
}

/** Text that does not become much smaller. */
function incompressible(seed: string, blocks: number): string {
  const lines = Array.from({ length: blocks }, (_, at) =>
    createHash("sha512").update(`${seed} ${at}`).digest("base64"),
  );
  return lines.join("\n");
}

test(`killed ${KILLS_EACH} times each, releases end as one release, one digest everywhere, one build`, async (context) => {
  context.diagnostic(`SLIPWAY_TEST_SEED=${SEED}`);
  await using docker = await startDockerRegistry();
  await using stage = await ReleaseStage.open();
  await stage.checkout.write(
    "slipway.yaml",
    (await stage.checkout.read("slipway.yaml")).replaceAll(stage.aliyun.host, docker.host),
  );
  await stage.checkout.write("files/large", incompressible("large", 40_000));
  const places: readonly Place[] = [docker, stage.hub, stage.azure].map(({ host }) => ({
    host,
    repository: REPOSITORY,
  }));
  const moments = random(SEED);
  const kills: string[] = [];

  for (const version of VERSIONS) {
    await stage.checkout.commit({ "files/version": version });
    await stage.checkout.write(`thing-${version}.zip`, incompressible(version, 2000));
    for (let kill = 0; kill < KILLS_EACH; kill += 1) {
      const after = (await journals(stage.checkout)).length + Math.floor(moments.next().value * JOURNAL_LINES);
      const running = stage.start(["release", version]);
      let ended = false;
      void running.ended.then(() => {
        ended = true;
      });
      while (!ended && (await journals(stage.checkout)).length <= after) await sleep(2);
      await sleep(moments.next().value * LATER_MILLISECONDS);
      running.kill("SIGKILL");
      if ((await running.ended).code === -1) kills.push(await lastLine(stage));
      await assertNoHalfRelease(stage, version, places);
    }
    const { report } = await stage.expect(0, ["release", version]);
    const { digest } = report.image;
    for (const place of places) assert.equal(await skopeoDigest(skopeoEnd(place, version)), digest);
    const releases = stage.github.releases.filter(({ tag_name }) => tag_name === `v${version}`);
    assert.equal(releases.length, 1);
    assert.equal(releases[0]?.draft, false);
    assert.deepEqual(
      releases[0]?.assets.map(({ name, state }) => [name, state]),
      [[`thing-${version}.zip`, "uploaded"]],
    );
  }

  context.diagnostic(`killed after: ${kills.join(" · ")}`);
  assert.ok(kills.length >= VERSIONS.length, "most runs are killed before they have ended");
  assert.equal(stage.github.releases.length, VERSIONS.length, "no draft is left");
  assert.equal(stage.github.latest, "v2.0.0");
  assert.equal(stage.hub.tags(REPOSITORY).latest, stage.hub.tags(REPOSITORY)["2.0.0"]);
  assert.deepEqual(rebuilt(await journals(stage.checkout)), []);
  const left = await stage.checkout.filesBelow(".slipway");
  assert.deepEqual(
    left.filter((file) => /\/\.slipway\/(lock|temporary)/.test(file)),
    [],
  );
  assert.deepEqual(await stage.checkout.filesBelow("cache/runs"), []);
  assert.deepEqual(stage.github.violations, []);
  stage.clear();
  await stage.expect(0, ["release", VERSIONS.at(-1) ?? ""]);
  assert.deepEqual(stage.writes, []);
});

/** At any moment: a release that people can see has its image everywhere, and all of its assets. */
async function assertNoHalfRelease(stage: ReleaseStage, version: string, places: readonly Place[]): Promise<void> {
  const release = stage.github.releases.find(({ tag_name, draft }) => tag_name === `v${version}` && !draft);
  if (release === undefined) return;
  const digests = await Promise.all(places.map((place) => skopeoDigest(skopeoEnd(place, version))));
  assert.equal(new Set(digests).size, 1);
  assert.deepEqual(
    release.assets.map(({ state }) => state),
    ["uploaded"],
  );
}

async function lastLine(stage: ReleaseStage): Promise<string> {
  const { state, kind, subject, step } = (await journals(stage.checkout)).at(-1) ?? { state: "nothing" };
  return [state, kind, step, subject].filter((part) => part !== undefined).join(" ");
}

/** Versions that were built again after a build of them had been done. */
function rebuilt(lines: readonly JournalLine[]): readonly string[] {
  const builds = lines.filter(({ kind }) => kind === "build");
  return builds.flatMap(({ state, subject = "" }, at) =>
    state === "intent" && builds.slice(0, at).some((one) => one.state === "done" && one.subject === subject)
      ? [subject]
      : [],
  );
}
