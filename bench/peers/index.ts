/** Slipway and its peers: how each does a job, a file each. */
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { crane, crane16 } from "./crane.ts";
import { imageSyncer } from "./image-syncer.ts";
import { oras } from "./oras.ts";
import { regctl } from "./regctl.ts";
import { regsync } from "./regsync.ts";
import { skopeo } from "./skopeo.ts";
import type { Tool } from "./tool.ts";

export { slipway } from "./slipway.ts";
export type { Job, Tool, Work } from "./tool.ts";

export const PEERS: readonly Tool[] = [skopeo, crane, crane16, oras, regctl, regsync, imageSyncer];

/** The peers that this machine has on PATH. */
export async function installedPeers(): Promise<readonly Tool[]> {
  const found = await Promise.all(PEERS.map((peer) => isOnPath(peer.executable)));
  return PEERS.filter((_, at) => found[at]);
}

async function isOnPath(name: string): Promise<boolean> {
  const paths = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  const usable = paths.map((path) =>
    access(path, constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(usable)).includes(true);
}
