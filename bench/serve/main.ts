/** `npm run bench -- serve CASE`: what the daemon needs. It judges nothing: it ends well when it could measure. */
import { parseArgs } from "node:util";
import { load, machineLine } from "../machine.ts";
import { loadLine } from "../report/records.ts";
import { table } from "../report/table.ts";
import { idle } from "./idle.ts";
import { soak } from "./soak.ts";
import { shareSync } from "./workers.ts";

export const USAGE = `npm run bench -- serve CASE [OPTION...]

  idle       a daemon with nothing to do: memory, processor
    --mirrors N     default 1000
  workers    one sync of many small tags by one worker, then by three, on PostgreSQL
    --tags N        default 10000
    --latency N     milliseconds each way to each registry; default 20
    --rounds N      of both; default 1
  soak       load and faults: is memory flat?
    --minutes N     default 20
`;

const OPTIONS = {
  mirrors: { type: "string", default: "1000" },
  tags: { type: "string", default: "10000" },
  latency: { type: "string", default: "20" },
  rounds: { type: "string", default: "1" },
  minutes: { type: "string", default: "20" },
  help: { type: "boolean", default: false },
} as const;

/** @throws on anything unknown */
export async function benchServe(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [name] = positionals;
  if (values.help || name === undefined) return console.log(USAGE);
  const number = (key: "mirrors" | "tags" | "latency" | "rounds" | "minutes") => {
    const value = Number(values[key]);
    if (!(value > 0)) throw new RangeError(`--${key} ${values[key]}: not a number above 0`);
    return value;
  };
  const before = load();
  const report = async () => {
    if (name === "idle") return idleReport(number("mirrors"));
    if (name === "workers") return workersReport(number("tags"), number("latency"), number("rounds"));
    if (name === "soak") return soakReport(number("minutes"));
    throw new RangeError(`serve ${name}: there are idle, workers, soak`);
  };
  const text = await report();
  console.log(`${machineLine()}\n${loadLine(Math.min(before, load()), Math.max(before, load()))}\n\n${text}`);
}

async function idleReport(mirrors: number): Promise<string> {
  const { residentMiB, cpuShare } = await idle(mirrors);
  const row = [String(mirrors), residentMiB.toFixed(0), percent(cpuShare, 2)];
  return table(["idle mirrors", "resident MiB", "of a processor"], [row]);
}

async function workersReport(tags: number, latency: number, rounds: number): Promise<string> {
  const turns = Array.from({ length: rounds }, () => [1, 3]).flat();
  const shared = await shareSync({ tags, latency }, turns);
  const rows = shared.map((each, at) => {
    const alone = each.workers === 1 ? undefined : shared[at - 1];
    const times = alone === undefined ? "–" : (alone.seconds / each.seconds).toFixed(2);
    const [seconds, cpu] = [each.seconds.toFixed(1), each.cpuSeconds.toFixed(1)];
    return [String(each.workers), String(tags), seconds, times, cpu, String(each.jobs), percent(each.busy, 0)];
  });
  const least = (workers: number) =>
    Math.min(...shared.filter((each) => each.workers === workers).map(({ seconds }) => seconds));
  const text = table(["workers", "tags", "wall s", "times as fast", "CPU s", "jobs", "machine busy"], rows);
  return `${text}\n\nThe fastest of three workers to the fastest of one: ${(least(1) / least(3)).toFixed(2)} times as fast.`;
}

async function soakReport(minutes: number): Promise<string> {
  const { quarters, peakMiB, cpuShare, done, faults } = await soak(minutes);
  const [last = Number.NaN] = quarters.slice(-1);
  const highest = Math.max(...quarters.slice(0, -1));
  const head = [
    "minutes",
    "1st quarter MiB",
    "2nd",
    "3rd",
    "4th",
    "4th to the highest before",
    "peak MiB",
    "of a processor",
  ];
  const middles = quarters.map((mebibytes) => mebibytes.toFixed(0));
  const row = [String(minutes), ...middles, (last / highest).toFixed(2), peakMiB.toFixed(0), percent(cpuShare, 0)];
  const counts = { ...done, faults };
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return `${table(head, [row])}\n\n${told.join(", ")}; all in step afterwards.`;
}

function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}
