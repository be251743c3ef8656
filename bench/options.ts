import { parseArgs } from "node:util";
import type { Effort } from "./measure/rounds.ts";
import type { Case } from "./work/case.ts";
import { CASES } from "./work/cases/index.ts";
import { SIZES, type Size } from "./work/sizes.ts";

export const USAGE = `npm run bench -- [OPTION...]
npm run bench -- serve --help

  --only NAME     only the case with this name; may be given several times
  --size full     how much there is to copy: full (default), small or tiny
  --runs N        exactly so many rounds of each case; by default up to 3, as time allows
  --quick         small, and one round: some minutes
  --alone         Slipway alone
  --seed TEXT     what is random follows from it; by default 1
  --json FILE     keeps the results in FILE as well, beside those of other cases: for running in pieces
  --print FILE    measures nothing, prints what FILE keeps
  --write FILE    measures nothing, writes what FILE keeps into docs/performance.md
  --help

Cases: ${CASES.map(({ name, extra }) => (extra ? `(${name})` : name)).join(", ")}
Those in brackets take long and run only when they are named. Peers are looked for on PATH.`;

/** What is asked for. */
export type BenchOptions =
  | { readonly kind: "help" }
  | { readonly kind: "print"; readonly file: string }
  | { readonly kind: "write"; readonly file: string }
  | {
      readonly kind: "measure";
      readonly cases: readonly Case[];
      readonly effort: Omit<Effort, "signal">;
      readonly isAlone: boolean;
      /** Where results are kept. */
      readonly file: string | undefined;
    };

const DEFAULT_ROUNDS = 3;
const SECONDS_PER_CASE = 25;
const SECONDS_PER_RUN = 40;

/** @throws on anything unknown */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      size: { type: "string" },
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      alone: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      json: { type: "string" },
      print: { type: "string" },
      write: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { kind: "help" };
  if (values.print !== undefined) return { kind: "print", file: values.print };
  if (values.write !== undefined) return { kind: "write", file: values.write };
  const runs = values.runs ?? (values.quick ? "1" : undefined);
  if (runs !== undefined && !/^[1-9]\d*$/.test(runs)) throw new RangeError(`--runs ${runs}: not a number from 1 on`);
  const effort = {
    size: sizeOf(values.size ?? (values.quick ? "small" : "full")),
    rounds: runs === undefined ? DEFAULT_ROUNDS : Number(runs),
    seconds: runs === undefined ? SECONDS_PER_CASE : Infinity,
    secondsPerRun: SECONDS_PER_RUN,
    seed: values.seed,
  };
  return { kind: "measure", cases: casesOf(values.only), effort, isAlone: values.alone, file: values.json };
}

function sizeOf(name: string): Size {
  const found = Object.entries(SIZES).find(([known]) => known === name.toLowerCase());
  if (found === undefined) throw new RangeError(`--size ${name}: there are ${Object.keys(SIZES).join(", ")}`);
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
