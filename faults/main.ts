/**
 * `npm run faults`: what goes wrong, and what Slipway and the peers that this machine has make of it. Ends with 1 where
 * Slipway does not do what a row requires.
 */
import { versionOf } from "../bench/machine.ts";
import { type FaultsOptions, readOptions, USAGE } from "./options.ts";
import { renewPage, resultsTable } from "./page.ts";
import { longestFirst, play, type Result } from "./play.ts";
import { installedPeers } from "./tools/peers.ts";
import type { Player } from "./tools/player.ts";
import { slipway } from "./tools/slipway.ts";

/** Tools at work at the same time: most of them wait most of the time. */
const AT_ONCE = 6;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(USAGE);
  else await faults(options);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

async function faults({ rows, write, alone }: FaultsOptions): Promise<void> {
  const players: readonly Player[] = [slipway, ...(alone ? [] : await installedPeers())];
  const results = new Map<string, Result>();
  const games = longestFirst(rows).flatMap((row) => players.map((player) => ({ row, player })));
  const left = games.values(); // shared by all workers
  const work = async () => {
    for (const { row, player } of left) {
      results.set(`${row.id} ${player.name}`, await play(row, player));
      process.stderr.write(".");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  process.stderr.write("\n");
  const table = {
    rows,
    columns: await Promise.all(
      players.map(async (player) => ({ name: player.name, version: await versionOf(player) })),
    ),
    result: (row: string, column: string): Result => results.get(`${row} ${column}`) ?? { kind: "none" },
  };
  console.log(resultsTable(table));
  if (write) await renewPage(table);
  const failed = rows.filter(({ id }) => {
    const result = table.result(id, slipway.name);
    return result.kind !== "judged" || result.verdict.broken.length > 0;
  });
  console.log(`\n${rows.length - failed.length} of ${rows.length} as required`);
  if (failed.length > 0) process.exitCode = 1;
}
