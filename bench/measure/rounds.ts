import type { Tool } from "../peers/index.ts";
import type { Case } from "../work/cases.ts";
import type { Shipment } from "../work/shipment.ts";
import type { Usage } from "./command.ts";
import { isAble, type Run, runTool } from "./run.ts";
import { Stages } from "./stage.ts";

/** What a tool needed for a case. */
export interface Result {
  readonly tool: Tool;
  /** One for each round that it ended well. */
  readonly rounds: readonly Usage[];
  readonly counts: Omit<Run, "usage">;
  /** Why it did not go on: `failed`, or how long it was waited for. */
  readonly problem?: { readonly short: string; readonly text: string };
}

/** What a case copies; it has been published. */
export interface Load {
  readonly source: string;
  readonly timed: Shipment;
  /** The same, or one that stands for it where only bytes grow with the size. */
  readonly counted: Shipment;
}

export interface Effort {
  readonly rounds: number;
  /** No round begins after so many seconds of timed runs; the first always does. */
  readonly seconds: number;
  /** A run that takes longer is ended. */
  readonly secondsPerRun: number;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/**
 * Runs a case: each tool once to be counted where there is no wire (which warms it up, too), then all tools in turn, round
 * by round. A tool that failed once, or was too slow when it was timed, is not asked again.
 */
export async function runCase(
  one: Case,
  { source, timed, counted }: Load,
  tools: readonly Tool[],
  effort: Effort,
): Promise<readonly Result[]> {
  await using stages = await Stages.open(one, source, timed);
  const attempt = async (
    result: Result,
    late: Partial<Result>,
    run: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    if (result.problem !== undefined) return result;
    const timeout = AbortSignal.timeout(effort.secondsPerRun * 1000);
    try {
      return await run(AbortSignal.any([effort.signal, timeout]));
    } catch (error) {
      effort.signal.throwIfAborted();
      if (timeout.aborted) return { ...result, ...late };
      const text = `failed: ${error instanceof Error ? error.message : error}`;
      return { ...result, problem: { short: "failed", text } };
    }
  };
  const count = (result: Result) =>
    attempt(result, {}, async (signal) => {
      await using stage = await stages.prepare("counters");
      const { usage: _, ...counts } = await runTool(result.tool, counted, stage, signal);
      return { ...result, counts };
    });
  const time = (result: Result) =>
    attempt(result, { problem: tooLate(effort.secondsPerRun) }, async (signal) => {
      await using stage = await stages.prepare("wires");
      const { usage, ...counts } = await runTool(result.tool, timed, stage, signal);
      return { ...result, rounds: [...result.rounds, usage], counts: { ...result.counts, ...counts } };
    });

  let results: readonly Result[] = tools
    .filter((tool) => isAble(tool, timed))
    .map((tool) => ({ tool, rounds: [], counts: {} }));
  if (one.wire === undefined) results = await inTurn(results, count);
  const start = performance.now();
  for (let round = 1; round <= effort.rounds; round += 1) {
    if (round > 1 && (performance.now() - start) / 1000 > effort.seconds) break;
    results = await inTurn(results, time);
  }
  return results;
}

function tooLate(seconds: number): NonNullable<Result["problem"]> {
  return { short: `> ${seconds}`, text: `took longer than ${seconds} s` };
}

async function inTurn<T>(values: readonly T[], work: (value: T) => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  for (const value of values) done.push(await work(value));
  return done;
}
