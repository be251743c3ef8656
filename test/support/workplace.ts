import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { type Folder, temporaryFolder } from "../../src/testing/index.ts";
import { SLIPWAY } from "./command.ts";

/** A run that takes longer hangs. Far more than any test's run needs. */
const RUN_MILLISECONDS = 180_000;

/** How a run ended: its exit code, or -1 where a signal ended it. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): void;
}

/** What a run has besides the clean environment; `input` is what it reads on stdin. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** An empty machine of its own: a folder to work in, an empty home, no proxy, no login, no cache. */
export class Workplace implements AsyncDisposable {
  readonly #folder: Folder;

  protected constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** With these files in it: texts by path. */
  static async with(files: Readonly<Record<string, string>> = {}): Promise<Workplace> {
    const workplace = new Workplace(await temporaryFolder("end-to-end"));
    await workplace.fill(files);
    return workplace;
  }

  protected async fill(files: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(this.path("home"));
    for (const [file, content] of Object.entries(files)) await this.write(file, content);
  }

  path(file: string): string {
    return join(this.#folder.path, file);
  }

  /** Writes a file, and the folders above it; `mode` as for chmod. */
  async write(file: string, content: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(this.path(file)), { recursive: true });
    await writeFile(this.path(file), content);
    await chmod(this.path(file), mode);
  }

  /** Removes a file or folder; nothing where it is not there. */
  remove(file: string): Promise<void> {
    return rm(this.path(file), { recursive: true, force: true });
  }

  read(file: string): Promise<string> {
    return readFile(this.path(file), "utf8");
  }

  /** The files below a folder, with what is in them; none where there is no such folder. */
  async filesBelow(folder: string): Promise<readonly string[]> {
    const entries = await readdir(this.path(folder), { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  /** Runs `slipway` in the folder to its end. */
  slipway(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return this.start(args, options).ended;
  }

  /** Starts `slipway` in the folder. */
  start(args: readonly string[], { env = {}, input = "" }: RunOptions = {}): Running {
    const environment = {
      PATH: "/usr/bin:/bin",
      HOME: this.path("home"),
      XDG_RUNTIME_DIR: this.path("home"),
      LC_ALL: "C",
      SLIPWAY_CACHE_DIR: this.path("cache"),
      NODE_COMPILE_CACHE: join(tmpdir(), "slipway-end-to-end-compiled"),
      ...env,
    };
    const child = spawn(SLIPWAY, args, { cwd: this.#folder.path, env: environment, timeout: RUN_MILLISECONDS });
    child.stdin.end(input);
    const closed = once(child, "close");
    const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(([stdout, stderr, [code]]) => ({
      code: typeof code === "number" ? code : -1,
      stdout,
      stderr,
    }));
    // The launcher becomes Node: the process stays the same.
    return { pid: child.pid ?? 0, ended, kill: (signal) => child.kill(signal) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#folder.remove();
  }
}
