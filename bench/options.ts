import { parseArgs } from "node:util";
import type { Effort } from "./measure/rounds.ts";
import { CASES, type Case } from "./work/cases.ts";
import { SIZES, type Size } from "./work/sizes.ts";

export const USAGE = `npm run bench -- [OPTION...]

  --only NAME     only the case with this name; may be given several times
  --size full     how much there is to copy: full (default) or small
  --runs N        exactly so many rounds of each case; by default up to 3, as time allows
  --quick         small, and one round: about two minutes
  --help

Cases: ${CASES.map(({ name, extra }) => (extra ? `(${name})` : name)).join(", ")}
Those in brackets take long and run only when they are named. Peers are looked for on PATH.`;

export interface BenchOptions {
  readonly cases: readonly Case[];
  readonly size: Size;
  readonly effort: Omit<Effort, "signal">;
}

const DEFAULT_ROUNDS = 3;
const SECONDS_PER_CASE = 25;
const SECONDS_PER_RUN = 40;

/** @returns nothing when help is asked for. @throws on anything unknown */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      size: { type: "string" },
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const runs = values.runs ?? (values.quick ? "1" : undefined);
  if (runs !== undefined && !/^[1-9]\d*$/.test(runs)) throw new RangeError(`--runs ${runs}: not a number from 1 on`);
  const effort = {
    rounds: runs === undefined ? DEFAULT_ROUNDS : Number(runs),
    seconds: runs === undefined ? SECONDS_PER_CASE : Infinity,
    secondsPerRun: SECONDS_PER_RUN,
  };
  return { cases: casesOf(values.only), size: sizeOf(values.size ?? (values.quick ? "small" : "full")), effort };
}

function sizeOf(name: string): Size {
  const found = Object.entries(SIZES).find(([known]) => known === name.toLowerCase());
  if (found === undefined) throw new RangeError(`--size ${name}: there are ${Object.keys(SIZES).join(" and ")}`);
  return found[1];
}

function casesOf(names: readonly string[] | undefined): readonly Case[] {
  if (names === undefined) return CASES.filter(({ extra }) => extra !== true);
  return names.map((name) => {
    const found = CASES.find((one) => one.name === name);
    if (found === undefined)
      throw new RangeError(`--only ${name}: there are ${CASES.map((one) => one.name).join(", ")}`);
    return found;
  });
}
