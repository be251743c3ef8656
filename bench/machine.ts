import { execFile } from "node:child_process";
import { availableParallelism, loadavg, totalmem } from "node:os";
import { promisify } from "node:util";
import type { Tool } from "./peers/index.ts";

const execute = promisify(execFile);
const GiB = 1024 ** 3;

/** Receives and gives all that is copied. */
export const REGISTRY = { name: "docker-registry", executable: "docker-registry", version: ["--version"] };

/** What this is measured on. */
export function machineLine(): string {
  const memory = Math.round(totalmem() / GiB);
  return `${availableParallelism()} processors, ${memory} GiB, everything on loopback and one disk; Node ${process.versions.node}`;
}

/** How many processes wanted a processor in the last minute: it tells whether somebody else works here, too. */
export function load(): number {
  const [lastMinute = 0] = loadavg();
  return lastMinute;
}

/** `skopeo 1.9.3`; the name alone where a tool does not tell. */
export async function versionOf({ name, executable, version }: Omit<Tool, "work">): Promise<string> {
  const said = await execute(executable, version).then(
    ({ stdout }) => stdout,
    () => "",
  );
  const [number] = /\d+\.\d+\.\d+/.exec(said) ?? [];
  return number === undefined ? name : `${name} ${number}`;
}
