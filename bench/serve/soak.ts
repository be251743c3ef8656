import { setTimeout as sleep } from "node:timers/promises";
import { randomImage, startRegistry, type TestImage, type TestRegistry } from "../../src/testing/index.ts";
import type { Serving } from "../../test/support/serving.ts";
import { Workplace } from "../../test/support/workplace.ts";
import { median } from "../measure/statistics.ts";
import { inStep, startServing } from "./daemon.ts";
import { cpuSeconds, residentMebibytes } from "./figures.ts";
import { type Load, startLoad } from "./load.ts";
import { breakNow } from "./trouble.ts";

const MIRRORS = 40;
const TAGS = 20;
/** Images that tags move between, so that the registries, which are in this process, do not grow. */
const IMAGES = 60;
const SAMPLE = 1_000;
const CONVERGE_SECONDS = 120;

/** Memory over a time of load and faults. */
export interface Soak {
  readonly minutes: number;
  /** Medians of the four quarters of that time, MiB. */
  readonly quarters: readonly number[];
  readonly peakMiB: number;
  /** Of one processor. */
  readonly cpuShare: number;
  readonly done: Load["done"];
  /** Requests of the daemon's that a fault struck. */
  readonly faults: number;
}

/**
 * A daemon with forty mirrors of twenty tags, each due every few seconds, for some minutes: tags move, webhooks tell of
 * them, the configuration changes, readers come and go, and registries refuse, cut and lose. When that is over, all
 * must be in step within two minutes.
 * @throws where it is not, or the daemon has ended
 */
export async function soak(minutes: number, mirrors = MIRRORS): Promise<Soak> {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const images = await Promise.all(Array.from({ length: IMAGES }, (_, at) => randomImage({ seed: `soak ${at}` })));
  const names = Array.from({ length: mirrors }, (_, at) => `app-${at}`);
  const tags = Array.from({ length: TAGS }, (_, at) => `1.${at}`);
  for (const name of names) {
    for (const [at, tag] of tags.entries()) await source.put(name, images[at] ?? impossible(), tag);
  }
  const configuration = (every: number) =>
    `version: 1
serve:
  webhooks: { source: { kind: generic, secret: soak } }
mirrors:
${names.map((name) => `  - { name: ${name}, from: ${source.host}/${name}, to: ${destination.host}/${name}, every: ${every}s }\n`).join("")}`;
  await using workplace = await Workplace.with({ "slipway.yaml": configuration(20) });
  await using serving = await startServing(workplace);
  await inStep(serving, mirrors, CONVERGE_SECONDS);

  const faults = [source, destination].flatMap(breakNow);
  const means = { serving, workplace, source, images, names, tags, configuration };
  const load = startLoad(means);
  const [before, start, samples] = [cpuSeconds(serving.pid), performance.now(), [] as number[]];
  const seconds = () => (performance.now() - start) / 1000;
  while (seconds() < minutes * 60) {
    await sleep(SAMPLE);
    samples.push(residentMebibytes(serving.pid));
    for (const registry of [source, destination]) registry.requests.clear();
  }
  const cpuShare = (cpuSeconds(serving.pid) - before) / seconds();
  await load.end();
  const struck = faults.reduce((sum, fault) => sum + fault.hits, 0);
  for (const registry of [source, destination]) registry.faults.clear();
  await assertConverges(serving, source, destination, names);
  return {
    minutes,
    quarters: quartersOf(samples),
    peakMiB: Math.max(...samples),
    cpuShare,
    done: load.done,
    faults: struck,
  };
}

async function assertConverges(
  serving: Serving,
  source: TestRegistry,
  destination: TestRegistry,
  names: readonly string[],
): Promise<void> {
  const different = () =>
    names.filter(
      (name) => JSON.stringify(sorted(source.tags(name))) !== JSON.stringify(sorted(destination.tags(name))),
    );
  for (const since = performance.now(); performance.now() - since < CONVERGE_SECONDS * 1000; await sleep(1000)) {
    if (different().length === 0) return inStep(serving, names.length, CONVERGE_SECONDS);
  }
  throw new Error(`not in step afterwards: ${different().join(", ")}\n${serving.told.slice(-4000)}`);
}

function quartersOf(samples: readonly number[]): readonly number[] {
  return [0, 1, 2, 3].map((quarter) => {
    const [from, to] = [quarter, quarter + 1].map((bound) => Math.floor((samples.length * bound) / 4));
    return median(samples.slice(from, to)) ?? Number.NaN;
  });
}

function sorted(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));
}

function impossible(): TestImage {
  throw new RangeError("there are fewer images than tags");
}
