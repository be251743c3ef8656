import { forEachOf } from "../../copy/pool.ts";
import type { Life } from "./life.ts";
import type { Scenario } from "./scenario.ts";
import { type Course, type StartGitHub, showPoint, tell } from "./story.ts";

/** Lives wait for the disk much of the time. */
export const SIDE_BY_SIDE = 4;

/** Tells all of these stories, and gives what was broken in them, each with the crashes that came before. */
export async function brokenIn(
  start: StartGitHub,
  scenario: Scenario,
  courses: readonly Course[],
): Promise<readonly string[]> {
  const broken: string[] = [];
  await forEachOf(courses, SIDE_BY_SIDE, async (course) => {
    const { breaches } = await tell(start, scenario, course);
    const where = course.crashes.map(showPoint).join(", then ");
    broken.push(...breaches.map(({ rule, said }) => `${where}: ${rule}: ${said}`));
  });
  return broken;
}

/** The life that nothing disturbs, after these crashes. */
export async function lifeAfter(
  start: StartGitHub,
  scenario: Scenario,
  crashes: Course["crashes"],
): Promise<Pick<Life, "effects">> {
  const { lives } = await tell(start, scenario, { crashes, nextMachine: "same" });
  return lives[crashes.length] ?? { effects: [] };
}
