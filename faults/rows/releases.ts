import { startRegistry, temporaryFolder } from "../../src/testing/index.ts";
import { count } from "../figures.ts";
import { named, type Row, together, verdict } from "../row.ts";
import { Ends, imageOf, REPOSITORY, TAG } from "../stage/ends.ts";
import { killAtEachEffect } from "../stage/reaper.ts";
import { ReleaseStage } from "../stage/release.ts";
import type { Slipway } from "../tools/player.ts";

/** A release on its way out. */
export const releases: readonly Row[] = [
  {
    id: "F29",
    injected: "SIGKILL at every effect of a release, and of a sync to two registries: each is once the last of a run",
    required:
      "the same command goes on and converges; at no time a release without its image; one more run writes nothing",
    players: "slipway",
    lasts: 40,
    play: async (slipway) => {
      const [release, sync] = [await killedRelease(slipway), await killedSync(slipway)];
      const checks = together(named("release", release.checks), named("sync", sync.checks));
      const figure = `${count(release.kills + sync.kills, "kill")}, ${count(release.halves, "half release")}`;
      return verdict("went on each time; one release, one digest, built once", checks, figure);
    },
  },
  {
    id: "F36",
    injected: "GitHub answers 502 to each upload of an asset, and keeps an empty one",
    required: "the run fails, and the draft stays; the next run uses it",
    players: "slipway",
    lasts: 20,
    play: async (slipway) => {
      await using stage = await ReleaseStage.open(slipway);
      const { faults } = stage.github;
      faults.add({ operation: "repos/upload-release-asset", fault: { kind: "starter" } });
      const first = await stage.release();
      const [draft] = stage.github.releases;
      faults.clear();
      const second = await stage.release();
      const checks = {
        "the first run fails": first.code === 1,
        "it says what goes on": first.output.includes("Go on with: slipway release 1.2.3"),
        "the draft stays": draft?.draft === true,
        "the second run uses it": stage.github.releases[0]?.id === draft?.id,
        ...(await stage.released(second)),
      };
      return verdict("failed, then went on with the draft", checks, count(stage.github.releases.length, "release"));
    },
  },
  {
    id: "F37",
    injected: "GitHub publishes the release, and the connection is cut before it says so",
    required: "asks what became of it, and accepts that: published once",
    players: "slipway",
    play: async (slipway) => {
      await using stage = await ReleaseStage.open(slipway);
      const { faults, requests } = stage.github;
      const fault = faults.add({ operation: "repos/update-release", times: 1, fault: { kind: "cut-after" } });
      const run = await stage.release();
      const checks = {
        ...(await stage.released(run)),
        "an answer was lost": fault.hits === 1,
        "it is published once": requests.count("repos/update-release") === 1,
      };
      return verdict("found published, accepted", checks, count(stage.github.releases.length, "release"));
    },
  },
];

async function killedRelease(slipway: Slipway) {
  await using stage = await ReleaseStage.open(slipway);
  let halves = 0;
  const { kills, last } = await killAtEachEffect(
    (kill) => stage.release(kill),
    stage,
    () => {
      halves += stage.isHalf ? 1 : 0;
    },
  );
  const checks = { ...(await stage.released(last)), "there is no half release": halves === 0 };
  const before = stage.writes;
  const again = await stage.release();
  return {
    kills,
    halves,
    checks: { ...checks, "one more run writes nothing": again.code === 0 && stage.writes === before },
  };
}

async function killedSync(slipway: Slipway) {
  await using ends = await Ends.open({ image: await imageOf(100_000) });
  await using other = await startRegistry();
  await using folder = await temporaryFolder("faults-sync");
  const registries = [ends.destination, other];
  const to = registries.map(({ host }) => `${host}/${REPOSITORY}`).join(", ");
  const files = {
    "slipway.yaml": `version: 1\nmirrors: [{ from: "${ends.source.host}/${REPOSITORY}", to: [${to}], tags: [${TAG}] }]\n`,
  };
  const sync = (kill?: AbortSignal) => slipway.run(["sync"], { folder: folder.path, files, ...(kill && { kill }) });
  const { kills, last } = await killAtEachEffect(sync, { registries });
  const writes = () =>
    registries.reduce((sum, { requests }) => sum + requests.count("PUT") + requests.count("POST"), 0);
  const before = writes();
  const again = await sync();
  const arrived = registries.every((registry) => registry.tags(REPOSITORY)[TAG] === ends.image.root.digest);
  const checks = {
    "it ends well": last.code === 0,
    "both have the source's digest": arrived,
    "one more run writes nothing": again.code === 0 && writes() === before,
  };
  return { kills, checks };
}
