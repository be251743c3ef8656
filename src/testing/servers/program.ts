import { type ChildProcess, execFile, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Where Debian keeps servers; a user's PATH may not say so. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin", "/usr/bin"];
const START_MILLISECONDS = 15_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** A program of this machine. */
export interface Tool {
  readonly name: string;
  /** The Debian package that brings it. */
  readonly aptPackage: string;
}

/** @throws when it is not there, naming the command that installs it */
export async function pathOf({ name, aptPackage }: Tool): Promise<string> {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...SYSTEM_FOLDERS]) {
    const path = join(folder, name);
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  throw new Error(`${name} is not installed: apt-get install ${aptPackage}`);
}

/** Runs a program to its end; its standard output. @throws with what it said on standard error */
export async function run(tool: Tool, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(await pathOf(tool), args, { maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}

/** A server that runs. */
export interface Program {
  readonly port: number;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly tool: Tool;
  readonly args: readonly string[];
  /** Finds the port in the output of a server that chooses its own, as its first group; left out: `port` is waited for. */
  readonly announced?: RegExp;
  readonly port?: number;
}

/** Starts a server and waits until it listens. It ends with this process, however that ends. */
export async function startProgram({ tool, args, announced, port }: ProgramOptions): Promise<Program> {
  const [path, guard] = [await pathOf(tool), await pathOf({ name: "setpriv", aptPackage: "util-linux" })];
  const child = spawn(guard, ["--pdeathsig", "KILL", "--", path, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = new Output(child);
  const stop = () => ended(child);
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline && isAlive(child)) {
    const known = announced === undefined ? port : Number(announced.exec(output.text)?.[1] ?? 0);
    if (known !== undefined && known > 0 && (await listens(known))) {
      // Somebody else's server may have been quicker on that port: ours would have given up by then.
      await sleep(announced === undefined ? 50 : 0);
      if (isAlive(child)) return { port: known, stop };
    }
    await sleep(10);
  }
  await stop();
  throw new Error(`${tool.name} did not start: ${output.text}`);
}

/** What a program says; the first part of it, for finding its port and for errors. */
class Output {
  text = "";

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        if (this.text.length < 64 * 1024) this.text += text;
      });
    }
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function ended(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  await new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGKILL"); // nothing that a test's server holds is worth a wait
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => tell(true));
    socket.once("error", () => tell(false));
  });
}

/** Starts a server that must be told its port; tries another where somebody took it in between. */
export async function onFreePort(start: (port: number) => Promise<Program>): Promise<Program> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === 3 || !/in use/i.test(String(error))) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
