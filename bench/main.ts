/**
 * `npm run bench`: Slipway beside the peers that this machine has, on Debian's docker-registry. What it prints is
 * Markdown. It judges nothing: it ends well when it could measure.
 */
import { startDockerRegistry } from "../src/testing/index.ts";
import { machineLine, REGISTRY, versionOf } from "./machine.ts";
import { runCase } from "./measure/rounds.ts";
import { type BenchOptions, readOptions, USAGE } from "./options.ts";
import { installedPeers, PEERS, slipway } from "./peers/index.ts";
import { caseReport } from "./report/case-report.ts";
import { publish } from "./work/publish.ts";

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(USAGE);
  else await bench(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function bench({ cases, size, effort }: BenchOptions): Promise<void> {
  const start = performance.now();
  const interrupted = new AbortController(); // so that servers and files go where the run is left by Ctrl-C
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupted.abort(new Error("interrupted")));
  const tools = [slipway, ...(await installedPeers())];
  console.log(`${machineLine()}\n${(await Promise.all([REGISTRY, ...tools].map(versionOf))).join(", ")}`);
  if (tools.length === 1) {
    const names = new Set(PEERS.map(({ executable }) => executable));
    console.log(`None of ${[...names].join(", ")} is on PATH: there is nothing to compare with.`);
  }
  for (const one of cases) {
    console.log(`\n## ${one.name}: ${one.title(size)}\n`);
    const timed = await one.make(size);
    const counted = (await one.sample?.(size)) ?? timed;
    await using source = await startDockerRegistry();
    for (const shipment of new Set([timed, counted])) await publish(source.host, shipment);
    const load = { source: source.host, timed, counted };
    const results = await runCase(one, load, tools, { ...effort, signal: interrupted.signal });
    console.log(caseReport(results, one.bars));
  }
  console.log(`\nTook ${Math.round((performance.now() - start) / 1000)} s.`);
}
