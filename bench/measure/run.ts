import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blobBytes, temporaryFolder } from "../../src/testing/index.ts";
import type { Tool } from "../peers/index.ts";
import type { Setting } from "../work/case.ts";
import { verify } from "../work/publish.ts";
import type { Shipment } from "../work/shipment.ts";
import { measure, type Usage } from "./command.ts";
import { chance } from "./refuser.ts";
import type { Stage } from "./stage.ts";
import type { Traffic } from "./traffic.ts";

/** One run of one tool. */
export type Run = Usage & Traffic;

export interface RunOptions {
  readonly tool: Tool;
  readonly shipment: Shipment;
  readonly kills?: Setting["kills"];
  readonly seed: string;
  readonly signal: AbortSignal;
}

/** Lets a tool copy a shipment from a stage's source. @throws when it fails, is ended by the signal, or copied wrongly */
export async function runTool(stage: Stage, { tool, shipment, kills = 0, seed, signal }: RunOptions): Promise<Run> {
  await using folder = await temporaryFolder("bench");
  const work = tool.work({ ...stage.hosts, repositories: repositoriesOf(shipment) });
  if (work === undefined) throw new TypeError(`${tool.name} has no command for this`);
  for (const [name, content] of Object.entries(work.files ?? {})) await writeFile(join(folder.path, name), content);
  const bytes = blobBytes(...shipment.entries.map(({ image }) => image));
  const ends = momentsOf(kills, bytes * (1 + stage.registries.length), seed).map(
    (moment) => () => stage.progress() >= moment,
  );
  const { commands, environment = {} } = work;
  const usage = await measure(commands, { folder: folder.path, environment, ends, signal });
  const traffic = stage.traffic(shipment);
  for (const host of stage.registries) await verify(host, shipment);
  return { ...usage, ...traffic };
}

/** Whether a tool has a command for such a shipment. */
export function isAble(tool: Tool, shipment: Shipment): boolean {
  return tool.work({ source: "", destinations: [""], repositories: repositoriesOf(shipment) }) !== undefined;
}

/** When to kill, told in bytes that all registries have given and got, of at least so many: however fast a machine is. */
function momentsOf(kills: number, bytes: number, seed: string): readonly number[] {
  return Array.from({ length: kills }, (_, at) => chance(`${seed} kill ${at}`) * bytes).sort(
    (one, other) => one - other,
  );
}

function repositoriesOf({ entries }: Shipment): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(entries, ({ repository }) => repository);
  return new Map([...groups].map(([repository, group]) => [repository, group.map(({ tag }) => tag)]));
}
