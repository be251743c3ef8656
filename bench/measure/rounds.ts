import { slipway, type Tool } from "../peers/index.ts";
import type { Case } from "../work/case.ts";
import type { Size } from "../work/sizes.ts";
import { isAble, type Run, runTool } from "./run.ts";
import { Stages } from "./stage.ts";
import type { Traffic } from "./traffic.ts";

/** What a tool needed for a case. */
export interface Result {
  readonly name: string;
  /** One for each round that it ended well. */
  readonly rounds: readonly Run[];
  /** Counted in a run of its own. */
  readonly counts: Traffic;
  /** Why it did not go on: `fails`, or how long it was waited for. */
  readonly problem?: { readonly short: string; readonly text: string };
}

export interface Effort {
  readonly size: Size;
  readonly rounds: number;
  /** No round begins after so many seconds of timed runs; the first always does. */
  readonly seconds: number;
  /** A run that takes longer is ended, unless its case says otherwise. */
  readonly secondsPerRun: number;
  /** What is random follows from it. */
  readonly seed: string;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** A tool, and where it runs. */
interface Entrant {
  readonly tool: Tool;
  readonly stages: Stages;
  readonly result: Result;
}

/**
 * Runs a case: each tool once to be counted where loopback is bare (which warms it up, too), then all tools in turn, round
 * by round. A tool that failed once, or was too slow when it was timed, is not asked again.
 * @returns Slipway's result first, then those of the peers that can do it
 */
export async function runCase(one: Case, peers: readonly Tool[], effort: Effort): Promise<readonly Result[]> {
  await using stack = new AsyncDisposableStack();
  const { seed } = effort;
  const stages = stack.use(await Stages.open(one, effort.size, seed));
  const entrant = (tool: Tool, where: Stages, name = tool.name): Entrant => ({
    tool,
    stages: where,
    result: { name, rounds: [], counts: {} },
  });
  const tools = [slipway, ...(one.alone === true ? [] : peers)];
  let entrants = tools.filter((tool) => isAble(tool, stages.load.timed)).map((tool) => entrant(tool, stages));
  if (one.reference !== undefined) {
    const { name, setting } = one.reference;
    entrants.push(entrant(slipway, stack.use(await Stages.open(setting, effort.size, seed)), name));
  }
  const limit = one.secondsPerRun ?? effort.secondsPerRun;
  if (one.ways === undefined && one.registry === undefined) {
    entrants = await inTurn(entrants, (each) => attempt(each, effort, limit, count));
  }
  const start = performance.now();
  for (let round = 1; round <= effort.rounds; round += 1) {
    if (round > 1 && (performance.now() - start) / 1000 > effort.seconds) break;
    entrants = await inTurn(entrants, (each) => attempt(each, effort, limit, time));
  }
  return entrants.map(({ result }) => result);
}

type Attempt = (entrant: Entrant, signal: AbortSignal) => Promise<Result>;

const count: Attempt = async ({ tool, stages, result }, signal) => {
  await using stage = await stages.prepare("counters");
  const { load, seed } = stages;
  const {
    seconds: _,
    cpuSeconds: __,
    peakBytes: ___,
    ...counts
  } = await runTool(stage, {
    tool,
    shipment: load.counted,
    seed,
    signal,
  });
  return { ...result, counts };
};

const time: Attempt = async ({ tool, stages, result }, signal) => {
  await using stage = await stages.prepare("ways");
  const { load, seed, setting } = stages;
  const run = await runTool(stage, { tool, shipment: load.timed, kills: setting.kills, seed, signal });
  return { ...result, rounds: [...result.rounds, run] };
};

async function attempt(entrant: Entrant, effort: Effort, limit: number, run: Attempt): Promise<Entrant> {
  const { result } = entrant;
  if (result.problem !== undefined) return entrant;
  const timeout = AbortSignal.timeout(limit * 1000);
  try {
    return { ...entrant, result: await run(entrant, AbortSignal.any([effort.signal, timeout])) };
  } catch (error) {
    effort.signal.throwIfAborted();
    const problem = timeout.aborted
      ? { short: `> ${limit}`, text: `took longer than ${limit} s` }
      : { short: "fails", text: `fails: ${error instanceof Error ? error.message : error}` };
    // who is too slow while it is counted may be fast enough when nothing counts
    return timeout.aborted && run === count ? entrant : { ...entrant, result: { ...result, problem } };
  }
}

async function inTurn<T>(values: readonly T[], work: (value: T) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (const value of values) done.push(await work(value));
  return done;
}
