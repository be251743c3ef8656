import { setTimeout as sleep } from "node:timers/promises";
import { randomImage, startRegistry } from "../../src/testing/index.ts";
import { Workplace } from "../../test/support/workplace.ts";
import { inStep, startServing } from "./daemon.ts";
import { cpuSeconds, residentMebibytes } from "./figures.ts";

/** Until what the last run has left is given back, and a minute in which nothing is due; milliseconds. */
const TIMES = { settle: 45_000, measured: 60_000 };
const HALF_A_DAY = 12;
const SECONDS_PER_MIRROR = 1;

/** What a daemon needs that has nothing to do. */
export interface Idle {
  readonly mirrors: number;
  /** At the end. */
  readonly residentMiB: number;
  /** Of one processor, from 0 to 1. */
  readonly cpuShare: number;
}

/** Has a daemon bring so many mirrors in step, and looks at it once that is done: none of them is due for hours. */
export async function idle(mirrors: number, { settle, measured } = TIMES): Promise<Idle> {
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const image = await randomImage({ seed: "idle" });
  const names = Array.from({ length: mirrors }, (_, at) => `app-${at}`);
  for (const name of names) await source.put(name, image, "1.0");
  const cron = `0 ${(new Date().getUTCHours() + HALF_A_DAY) % 24} * * *`;
  const lines = names.map(
    (name) =>
      `  - { name: ${name}, from: ${source.host}/${name}, to: ${destination.host}/${name}, cron: "${cron}", jitter: 30m }\n`,
  );
  await using workplace = await Workplace.with({ "slipway.yaml": `version: 1\nmirrors:\n${lines.join("")}` });
  await using serving = await startServing(workplace);
  await inStep(serving, mirrors, 60 + SECONDS_PER_MIRROR * mirrors);
  await sleep(settle);
  const [before, start] = [cpuSeconds(serving.pid), performance.now()];
  await sleep(measured);
  const seconds = (performance.now() - start) / 1000;
  return {
    mirrors,
    residentMiB: residentMebibytes(serving.pid),
    cpuShare: (cpuSeconds(serving.pid) - before) / seconds,
  };
}
