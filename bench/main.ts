/**
 * `npm run bench`: Slipway beside the peers that this machine has, on Debian's docker-registry. What it prints is
 * Markdown. It judges nothing: it ends well when it could measure.
 */
import { load, machineLine, REGISTRY, versionOf } from "./machine.ts";
import { runCase } from "./measure/rounds.ts";
import { type BenchOptions, readOptions, USAGE } from "./options.ts";
import { installedPeers, PEERS, slipway } from "./peers/index.ts";
import { caseReport } from "./report/case-report.ts";
import { renewPage } from "./report/page.ts";
import { keepRecord, loadLine, readRecords, reportOf } from "./report/records.ts";
import { benchServe } from "./serve/main.ts";

try {
  const [first, ...others] = process.argv.slice(2);
  if (first === "serve") await benchServe(others);
  else await benchPeers(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function benchPeers(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.kind === "help") console.log(USAGE);
  else if (options.kind === "print") console.log(reportOf(await readRecords(options.file)));
  else if (options.kind === "write") await renewPage(await readRecords(options.file));
  else await bench(options);
}

async function bench(options: Extract<BenchOptions, { kind: "measure" }>): Promise<void> {
  const { cases, effort, isAlone, file } = options;
  const start = performance.now();
  const interrupted = new AbortController(); // so that servers and files go where the run is left by Ctrl-C
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupted.abort(new Error("interrupted")));
  const peers = isAlone ? [] : await installedPeers();
  const machine = machineLine();
  const tools = (await Promise.all([REGISTRY, slipway, ...peers].map(versionOf))).join(", ");
  console.log(`${machine}; seed ${effort.seed}\n${tools}\n${loadLine(load(), load())}`);
  if (peers.length === 0 && !isAlone) {
    const names = new Set(PEERS.map(({ executable }) => executable));
    console.log(`None of ${[...names].join(", ")} is on PATH: there is nothing to compare with.`);
  }
  for (const one of cases) {
    const title = one.title(effort.size);
    const before = load();
    console.log(`\n### ${one.name}: ${title}\n`);
    const results = await runCase(one, peers, { ...effort, signal: interrupted.signal });
    console.log(caseReport(results, one.bars));
    const day = new Date().toISOString().slice(0, 10);
    if (file !== undefined)
      await keepRecord(file, { name: one.name, title, day, load: before, machine, tools, results });
  }
  console.log(`\nTook ${Math.round((performance.now() - start) / 1000)} s.`);
}
