import { execFile } from "node:child_process";
import { availableParallelism, loadavg, totalmem } from "node:os";
import { promisify } from "node:util";
import type { Tool } from "./peers/index.ts";

const execute = promisify(execFile);
const GiB = 1024 ** 3;

/** Receives and gives all that is copied. */
export const REGISTRY = { name: "docker-registry", executable: "docker-registry", version: ["--version"] };

/** What this is measured on; the load tells whether somebody else works on it, too. */
export function machineLine(): string {
  const [load = 0] = loadavg();
  const memory = Math.round(totalmem() / GiB);
  return `${availableParallelism()} processors, ${memory} GiB, load ${load.toFixed(1)}; Node ${process.versions.node}`;
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
