import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { pathOf, type Tool } from "../../src/testing/servers/program.ts";

const execute = promisify(execFile);

const DOCKER_COMPOSE: Tool = { name: "docker-compose", aptPackage: "docker-compose" };
/** Debian's, whose packages have Compose's own code: another Python on the PATH has none of it. */
const PYTHON = "/usr/bin/python3";
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs Debian's docker-compose in a folder; its standard output. @throws with what it said on standard error */
export async function dockerCompose(folder: string, args: readonly string[], host?: string): Promise<string> {
  const env = { PATH: "/usr/bin:/bin", HOME: folder, ...(host !== undefined && { DOCKER_HOST: host }) };
  const { stdout } = await execute(await pathOf(DOCKER_COMPOSE), args, {
    cwd: folder,
    env,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  return stdout;
}

/** What tests look at of a file as Compose understands it. */
export interface ComposeConfig {
  readonly services: Readonly<Record<string, ComposeService>>;
}

interface ComposeService {
  readonly image: string;
  readonly container_name?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly { readonly published: number; readonly target: number }[];
  readonly restart?: string;
  readonly volumes?: readonly (string | { readonly source: string; readonly target: string })[];
}

/** What `docker-compose config` prints, of many folders in one process: starting it takes longer than the work. */
const CONFIG_OF_MANY = `
import json, sys, yaml
from compose.config import config
from compose.config.environment import Environment
from compose.config.serialize import serialize_config
made = []
for folder in json.load(sys.stdin):
    environment = Environment(Environment.from_env_file(folder))
    details = config.find(folder, ["docker-compose.yml"], environment)
    made.append(yaml.safe_load(serialize_config(config.load(details), None)))
json.dump(made, sys.stdout)
`;

/**
 * What Compose makes of the `docker-compose.yml` of each folder, with its `.env`: as `docker-compose config` says it, dollar signs
 * doubled. @throws with its message where one is refused
 */
export async function composeConfigs(folders: readonly string[]): Promise<readonly ComposeConfig[]> {
  await pathOf(DOCKER_COMPOSE);
  const running = execute(PYTHON, ["-c", CONFIG_OF_MANY], {
    env: { PATH: "/usr/bin:/bin" },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  running.child.stdin?.end(JSON.stringify(folders));
  return JSON.parse((await running).stdout);
}
