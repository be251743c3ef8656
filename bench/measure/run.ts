import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blobBytes, temporaryFolder } from "../../src/testing/index.ts";
import type { Tool } from "../peers/index.ts";
import { verify } from "../work/publish.ts";
import type { Shipment } from "../work/shipment.ts";
import { measure, type Usage } from "./command.ts";
import type { Stage } from "./stage.ts";

/** One run of one tool. What nothing counted is left out. */
export interface Run {
  readonly usage: Usage;
  /** Bytes read from the source to bytes of the shipment, each blob once. */
  readonly timesRead?: number;
  readonly sourceRequests?: number;
  readonly destinationRequests?: number;
}

/** Lets a tool copy a shipment from a stage's source. @throws when it fails, is ended by the signal, or copied wrongly */
export async function runTool(tool: Tool, shipment: Shipment, stage: Stage, signal: AbortSignal): Promise<Run> {
  await using folder = await temporaryFolder("bench");
  const work = tool.work({ ...stage, repositories: repositoriesOf(shipment) });
  if (work === undefined) throw new TypeError(`${tool.name} has no command for this`);
  for (const [name, content] of Object.entries(work.files ?? {})) await writeFile(join(folder.path, name), content);
  const usage = await measure(work.commands, { folder: folder.path, signal });
  const { readFromSource, ...requests } = stage.counts();
  for (const host of stage.registries) await verify(host, shipment);
  const bytes = blobBytes(...shipment.entries.map(({ image }) => image));
  return { usage, ...requests, ...(readFromSource !== undefined && { timesRead: readFromSource / bytes }) };
}

/** Whether a tool has a command for such a shipment. */
export function isAble(tool: Tool, shipment: Shipment): boolean {
  return tool.work({ source: "", destinations: [""], repositories: repositoriesOf(shipment) }) !== undefined;
}

function repositoriesOf({ entries }: Shipment): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(entries, ({ repository }) => repository);
  return new Map([...groups].map(([repository, group]) => [repository, group.map(({ tag }) => tag)]));
}
