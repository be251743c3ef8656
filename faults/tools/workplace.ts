import { mkdir, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { temporaryFolder } from "../../src/testing/index.ts";
import { type Ended, runCommand } from "./command.ts";

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What a run finds on its machine, besides nothing. */
export interface Setting {
  /** By host, as `docker login` leaves them. */
  readonly logins?: Readonly<Record<string, Login>>;
  /** By path in the folder that the command runs in. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Prepares what files alone cannot: links, folders. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** Where home and work are, which stay for the next run. Default: a folder of its own, gone afterwards. */
  readonly folder?: string;
  /** The run is killed when this aborts. */
  readonly kill?: AbortSignal;
}

/** How a run ended, and what is in its folder then: paths of files, home and temporary files included. */
export interface Run extends Ended {
  readonly files: readonly string[];
}

/** Runs a command in an empty folder, with an empty home, no proxy and no login but those of the setting. */
export async function runIn(command: readonly string[], setting: Setting): Promise<Run> {
  await using own = setting.folder === undefined ? await temporaryFolder("faults") : undefined;
  const folder = setting.folder ?? own?.path ?? "";
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  const work = path("work");
  for (const made of ["work", "home", "tmp"]) await mkdir(path(made), { recursive: true });
  const written = { ...(setting.logins && { "../home/.docker/config.json": loginsFile(setting.logins) }) };
  for (const [file, content] of Object.entries({ ...written, ...setting.files })) {
    await mkdir(dirname(join(work, file)), { recursive: true });
    await writeFile(join(work, file), content);
  }
  await setting.prepare?.(work);
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: path("home"),
    XDG_RUNTIME_DIR: path("home"),
    TMPDIR: path("tmp"),
    LC_ALL: "C",
    SLIPWAY_CACHE_DIR: path("cache"),
    NODE_COMPILE_CACHE: join(tmpdir(), "slipway-end-to-end-compiled"),
    ...setting.env,
  };
  const ended = await runCommand(command, { folder: work, env, kill: setting.kill });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return { ...ended, files: files.map((file) => relative(folder, file)) };
}

/** https://github.com/docker/cli/blob/master/cli/config/configfile/file.go */
function loginsFile(logins: Readonly<Record<string, Login>>): string {
  const auths = Object.entries(logins).map(([host, { username, password }]) => {
    const auth = Buffer.from(`${username}:${password}`).toString("base64");
    return [host, { auth }] as const;
  });
  return JSON.stringify({ auths: Object.fromEntries(auths) });
}
