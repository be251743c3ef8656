import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachOf } from "../copy/pool.ts";
import { startGitHub } from "../testing/index.ts";
import { brokenIn, lifeAfter, SIDE_BY_SIDE } from "./simulation/broken-in.ts";
import type { Life } from "./simulation/life.ts";
import type { CrashPoint } from "./simulation/port.ts";
import { SMALL } from "./simulation/scenario.ts";
import { type Course, pointsOf } from "./simulation/story.ts";

test("F29: a release that is killed, and killed again while it goes on, goes on", async () => {
  const firsts = pointsAt(["intended", "performed"], await lifeAfter(startGitHub, SMALL, []));
  // build, two blobs, the manifest, draft, asset, publication, latest
  assert.equal(firsts.length, 2 * 8);
  const courses: Course[] = [];
  await forEachOf(firsts, SIDE_BY_SIDE, async (first) => {
    // No effect of the second life is before its first one: a crash there is the first crash alone.
    const seconds = pointsAt(["performed"], await lifeAfter(startGitHub, SMALL, [first]));
    courses.push(...seconds.map((second) => ({ crashes: [first, second], nextMachine: "same" as const })));
  });
  // After a crash before effect N, those from N on follow, after one behind it those after N; the two blobs go side by
  // side, and one may be there when the other's crash comes.
  const pairs = 8 + 7 * 2 + 6 * 2 + 5 * 2 + 4 * 2 + 3 * 2 + 2 * 2 + 1 * 2;
  assert.ok(courses.length <= pairs && courses.length > pairs - 10, `${courses.length} of ${pairs}`);
  assert.deepEqual(await brokenIn(startGitHub, SMALL, courses), []);
});

/**
 * No run reads what is recorded (single crashes show it): the world is the same whether an effect was done and not
 * recorded, or that was, or the next one was only intended.
 */
function pointsAt(moments: readonly CrashPoint["moment"][], life: Pick<Life, "effects">): readonly CrashPoint[] {
  return pointsOf(life).filter(({ moment }) => moments.includes(moment));
}
