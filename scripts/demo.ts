/**
 * A release on this machine alone, with nothing installed: a server of packages, three registries and a GitHub, all in
 * this process, and `slipway` between them. `--once` ends by itself; without it, on a terminal, everything stays up to be
 * played with.
 */
import { once } from "node:events";
import { join } from "node:path";
import { ACTS } from "./demo/acts.ts";
import { digestTable } from "./demo/digest-table.ts";
import { REPOSITORIES, type Stage, setStage } from "./demo/stage.ts";
import { claim, heading, shown } from "./demo/tell.ts";

const stays = process.stdout.isTTY === true && !process.argv.includes("--once");

await using stage = await setStage();
heading("A release, from a package to three registries and GitHub, on this machine alone");
shown(stage.config);
for (const [at, act] of ACTS.entries()) {
  heading(`${at + 1}. ${act.title}`);
  await act.play(stage);
}
await compare(stage);
if (stays) await untilInterrupted(stage);

/** The proof, without Slipway. */
async function compare({ hub, aliyun, azure }: Stage): Promise<void> {
  heading("What every registry answers now, asked by HEAD");
  const places = [
    { origin: hub.origin, repository: REPOSITORIES.hub },
    { origin: aliyun.origin, repository: REPOSITORIES.aliyun },
    { origin: azure.origin, repository: REPOSITORIES.azure },
  ];
  const { lines, equal } = await digestTable(places, Object.keys(hub.tags(REPOSITORIES.hub)).sort());
  console.log(lines.join("\n"));
  claim("One digest everywhere.", equal);
}

async function untilInterrupted({ folder, github, hub, azure }: Stage): Promise<void> {
  console.log(`
Everything stays up. In another terminal, with PATH=${join(import.meta.dirname, "../bin")}:$PATH:

  cd ${folder}
  export GITHUB_API_URL=${github.apiUrl} GITHUB_TOKEN=${github.token}
  slipway targets
  slipway plan release 2.1.0
  slipway release 2.1.0          # any version: its package is made when it is asked for
  slipway why 2.1.0
  slipway tags ${azure.host}/${REPOSITORIES.azure}
  slipway inspect ${hub.host}/${REPOSITORIES.hub}:latest

Ctrl-C ends the demo.`);
  const alive = setInterval(() => {}, 60_000);
  await once(process, "SIGINT");
  clearInterval(alive);
}
