import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Copy, Peer } from "./player.ts";
import { runIn } from "./workplace.ts";

const hostOf = (reference: string) => reference.slice(0, reference.indexOf("/"));

/** skopeo and oras speak of plain HTTP, crane and regctl of hosts; crane, oras and regctl try again by themselves. */
const COMMANDS: readonly { readonly name: string; version: string; command(copy: Copy): readonly string[] }[] = [
  {
    name: "skopeo",
    version: "--version",
    command: ({ from, to }) => [
      ...["skopeo", "copy", "--all", "--retry-times", "3", "--src-tls-verify=false", "--dest-tls-verify=false"],
      ...[`docker://${from}`, `docker://${to}`],
    ],
  },
  { name: "crane", version: "version", command: ({ from, to }) => ["crane", "copy", "--insecure", from, to] },
  {
    name: "oras",
    version: "version",
    command: ({ from, to }) => ["oras", "cp", "--no-tty", "--from-plain-http", "--to-plain-http", from, to],
  },
  {
    name: "regctl",
    version: "version",
    command: ({ from, to }) => {
      const hosts = [from, to].flatMap((reference) => ["--host", `reg=${hostOf(reference)},tls=disabled`]);
      return ["regctl", ...hosts, "image", "copy", from, to];
    },
  },
];

const PEERS: readonly Peer[] = COMMANDS.map(({ name, version, command }) => ({
  kind: "peer",
  name,
  executable: name,
  version: [version],
  copy: (copy, setting = {}) => runIn(command(copy), setting),
}));

/** The peers that this machine has on PATH. */
export async function installedPeers(): Promise<readonly Peer[]> {
  const found = await Promise.all(PEERS.map(({ executable }) => isOnPath(executable)));
  return PEERS.filter((_, at) => found[at]);
}

async function isOnPath(name: string): Promise<boolean> {
  const paths = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  const usable = await Promise.allSettled(paths.map((path) => access(path, constants.X_OK)));
  return usable.some(({ status }) => status === "fulfilled");
}
