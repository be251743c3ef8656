import { checkEnd } from "./invariants.ts";
import { type Alteration, type Life, live } from "./life.ts";
import { type CrashPoint, MOMENTS } from "./port.ts";
import type { Scenario } from "./scenario.ts";
import { type Breach, type GitHubServer, World } from "./world.ts";

/** What happens before a version is out: crashes, and whether the next life is on a machine that knows nothing. */
export interface Course {
  readonly crashes: readonly CrashPoint[];
  readonly nextMachine: "same" | "fresh";
  readonly alteration?: Alteration;
}

/** How it went. */
export interface Story {
  readonly lives: readonly Life[];
  readonly breaches: readonly Breach[];
}

export type StartGitHub = () => Promise<GitHubServer & AsyncDisposable>;

/**
 * Lives that end by a crash each, one that nothing disturbs, and one more that has to find nothing to do. In between,
 * only registries, GitHub and perhaps the disk stay as they are.
 */
export async function tell(start: StartGitHub, scenario: Scenario, course: Course): Promise<Story> {
  await using server = await start();
  await using world = await World.of(scenario, server);
  const { crashes, nextMachine, alteration } = course;
  const lives: Life[] = [];
  let machine = await world.machine();
  for (const crash of crashes) {
    const life = await live(world, machine, crash, alteration);
    lives.push(life);
    if (life.end.kind !== "crashed") world.breach("failed", `${showPoint(crash)} was never reached`);
    if (nextMachine === "fresh") machine = await world.machine();
  }
  lives.push(await goThrough(world, machine, alteration));
  const last = await goThrough(world, machine, alteration);
  if (last.effects.length > 0) world.breach("effects-left", last.effects.join(", "));
  return { lives: [...lives, last], breaches: world.breaches };
}

/** A life that nothing disturbs, and that has to reach its end. */
export async function goThrough(world: World, machine: string, alteration?: Alteration): Promise<Life> {
  const life = await live(world, machine, undefined, alteration);
  if (life.end.kind === "failed") world.breach("failed", `${life.end.error.code}: ${life.end.error.message}`);
  else checkEnd(world);
  return life;
}

/** Every point at which a life with these effects can end by a crash. */
export function pointsOf({ effects }: Pick<Life, "effects">): readonly CrashPoint[] {
  return effects.flatMap((effect) => MOMENTS.map((moment) => ({ effect, moment })));
}

export function showPoint({ effect, moment }: CrashPoint): string {
  return `${moment}: ${effect}`;
}
