import { setTimeout as sleep } from "node:timers/promises";
import type { OverviewShape } from "../../src/daemon/api/shapes.ts";
import { Serving } from "../../test/support/serving.ts";
import type { Workplace } from "../../test/support/workplace.ts";

/** The operator's token of every daemon that is measured. */
export const TOKEN = "a-token-that-nobody-is-going-to-guess";
const LOOK = 1000;

/** `slipway serve` in a folder, once it answers. */
export async function startServing(workplace: Workplace, env: Readonly<Record<string, string>> = {}): Promise<Serving> {
  const serving = new Serving(workplace, "serve", { env: { SLIPWAY_TOKEN: TOKEN, ...env } });
  await serving.url();
  return serving;
}

/** Waits until so many mirrors are in step. @throws where that takes longer than so many seconds */
export async function inStep(serving: Serving, mirrors: number, seconds: number): Promise<void> {
  for (const since = performance.now(); performance.now() - since < seconds * 1000; await sleep(LOOK)) {
    const overview = await serving.api<OverviewShape>("/overview", { token: TOKEN });
    if (overview.mirrors.inStep === mirrors) return;
  }
  throw new Error(`${mirrors} mirrors were not in step after ${seconds} s:\n${serving.told.slice(-4000)}`);
}
