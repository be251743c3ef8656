import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { pathOf } from "../../src/testing/servers/program.ts";

const execute = promisify(execFile);
const DOCKER = { name: "docker", aptPackage: "docker.io" };

/** Runs `docker` with an engine. @returns what it printed. @throws with what it said */
export async function docker(host: string, ...args: readonly string[]): Promise<string> {
  // The engine's own builder: Debian's docker has no buildx.
  const env = { PATH: "/usr/bin:/bin", HOME: "/nonexistent", DOCKER_HOST: host, DOCKER_BUILDKIT: "0" };
  const { stdout } = await execute(await pathOf(DOCKER), args, { env, maxBuffer: 1e8 });
  return stdout;
}
