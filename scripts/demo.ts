/**
 * The main job on this machine alone: three registries, real images, and `slipway sync` between them. `--once` ends by
 * itself; without it, on a terminal, the registries stay up to be played with.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { startRegistry } from "../src/testing/index.ts";
import { digestTable } from "./demo/digest-table.ts";
import { changedLatest, publish } from "./demo/images.ts";

const SLIPWAY = join(import.meta.dirname, "../bin/slipway");
const stays = process.stdout.isTTY === true && !process.argv.includes("--once");

await using hub = await startRegistry({});
await using aliyun = await startRegistry({});
await using azure = await startRegistry({});
const folder = await mkdtemp(join(tmpdir(), "slipway-demo-"));
const config = join(folder, "slipway.yaml");

try {
  await publish(hub);
  await writeFile(config, mirrors(hub.host, aliyun.host, azure.host));
  heading("Three registries of this process, and two repositories at the first");
  console.log(
    `  source        ${hub.host}\n  destinations  ${aliyun.host}, ${azure.host}\n  config        ${config}\n`,
  );

  await sync("The first run copies: each layer is read once for both destinations");
  const sentAtFirst = aliyun.requests.bytesIn();
  clear();
  await sync("The second run sends nothing: one question for each tag and side");
  expect(aliyun.requests.bytesIn() === 0 && azure.requests.bytesIn() === 0, "the second run sent something");
  clear();
  await changedLatest(hub);
  await sync("`latest` moved at the source: only what changed is sent");
  expect(aliyun.requests.bytesIn() < sentAtFirst / 4, "the third run sent more than what changed");

  heading("What every registry answers now, asked by HEAD");
  const { lines, equal } = await digestTable([hub.origin, aliyun.origin, azure.origin], hub);
  console.log(`${lines.join("\n")}\n`);
  expect(equal, "the digests differ");
  console.log(styleText("green", "One digest everywhere."));
  if (stays) await untilInterrupted();
} finally {
  await rm(folder, { recursive: true, force: true });
}

function mirrors(source: string, ...destinations: readonly string[]): string {
  return `version: 1
mirrors:
  - from: ${source}/hagicode/hagicode
    to: [${destinations.map((host) => `${host}/hagicode/hagicode`).join(", ")}]
  - from: ${source}/hagicode/tools
    to: [${destinations.map((host) => `${host}/hagicode/tools`).join(", ")}]
    tags: { semver: ">=1.0.0", newest: 2 }
`;
}

async function sync(title: string): Promise<void> {
  heading(title);
  console.log(styleText("dim", `$ slipway sync --config ${config}`));
  // Both of its streams go where the headings go, so that a reader of a pipe gets all in order.
  const child = spawn(SLIPWAY, ["sync", "--config", config], { stdio: ["inherit", 1, 1] });
  const [code] = await once(child, "exit");
  expect(code === 0, `slipway sync ended with ${code}`);
  console.log();
}

function clear(): void {
  for (const server of [hub, aliyun, azure]) server.requests.clear();
}

function heading(text: string): void {
  console.log(styleText("bold", text));
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

async function untilInterrupted(): Promise<void> {
  console.log(`
The registries stay up. Try, in another terminal:
  bin/slipway tags ${azure.host}/hagicode/hagicode
  bin/slipway inspect ${azure.host}/hagicode/hagicode:latest
  bin/slipway copy ${azure.host}/hagicode/hagicode:latest oci:/tmp/hagicode:latest
Ctrl-C ends the demo.`);
  const alive = setInterval(() => {}, 60_000);
  await once(process, "SIGINT");
  clearInterval(alive);
}
