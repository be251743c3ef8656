import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { inFolder } from "./folder.ts";
import { onFreePort, type Program } from "./program.ts";

const execute = promisify(execFile);

/** Where Debian keeps its versions. */
const VERSIONS = "/usr/lib/postgresql";
const START_MILLISECONDS = 30_000;

/** A PostgreSQL of this machine's that writes to the disk as in earnest (fsync), for tests. */
export interface TestPostgres extends AsyncDisposable {
  readonly port: number;
  /** Makes an empty database. @returns its address, `postgres://…` */
  createDatabase(): Promise<string>;
  /** Asks something of a database, as its owner. */
  query(url: string, text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Ends it in order: connections are cut, what was committed is written. */
  stop(): Promise<void>;
  /** Ends it as a power cut does: what was committed is found in its log when it starts again. */
  kill(): Promise<void>;
  /** After `stop` or `kill`, on the same port. */
  start(): Promise<void>;
  restart(): Promise<void>;
}

/** Makes a cluster of its own in a temporary folder and starts it; it ends with this process, however that ends. */
export function startPostgres(): Promise<TestPostgres> {
  return inFolder("postgres", async (folder) => {
    const [bin, as] = [await findPrograms(), await identity()];
    if (as !== undefined) await chown(folder.path, as.user, as.group);
    const data = join(folder.path, "data");
    const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"];
    await execute("setpriv", [...flags(as), "--", join(bin, "initdb"), ...initdb], { cwd: "/" });
    const begin = (port: number) => begins({ program: join(bin, "postgres"), as, data, socket: folder.path, port });
    let server: Server | undefined;
    const { port } = await onFreePort(async (free) => {
      server = await begin(free);
      return server;
    });
    const end = async (signal: "SIGINT" | "SIGQUIT") => server?.end(signal);
    const start = async () => {
      server = await begin(port);
    };
    let databases = 0;
    const addressOf = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
    return {
      port,
      query,
      createDatabase: async () => {
        databases += 1;
        await query(addressOf("postgres"), `create database test${databases}`);
        return addressOf(`test${databases}`);
      },
      stop: () => end("SIGINT"),
      kill: () => end("SIGQUIT"),
      start,
      restart: async () => {
        await end("SIGINT");
        await start();
      },
      [Symbol.asyncDispose]: async () => {
        await end("SIGQUIT");
        await folder.remove();
      },
    };
  });
}

async function query(url: string, text: string, values: readonly unknown[] = []) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(text, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}

async function findPrograms(): Promise<string> {
  const versions = await readdir(VERSIONS).catch(() => []);
  const latest = versions.sort((one, other) => Number(one) - Number(other)).at(-1);
  if (latest === undefined) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
  return join(VERSIONS, latest, "bin");
}

interface Identity {
  readonly user: number;
  readonly group: number;
}

/** It refuses to run as root: then it is the user that Debian made for it. */
async function identity(): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const ask = async (what: string) => Number((await execute("id", [what, "postgres"])).stdout);
  return { user: await ask("-u"), group: await ask("-g") };
}

function flags(as: Identity | undefined): readonly string[] {
  return as === undefined ? [] : [`--reuid=${as.user}`, `--regid=${as.group}`, "--clear-groups"];
}

interface Cluster {
  readonly program: string;
  readonly as: Identity | undefined;
  readonly data: string;
  readonly socket: string;
  readonly port: number;
}

type Server = Program & { end(signal: "SIGINT" | "SIGQUIT"): Promise<void> };

/** Starts the server and waits until it answers. @throws with what it said */
async function begins({ program, as, data, socket, port }: Cluster): Promise<Server> {
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: socket, port, fsync: "on" };
  const child = spawn(
    "setpriv",
    [
      ...flags(as),
      "--pdeathsig=KILL",
      "--",
      program,
      "-D",
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { cwd: "/", stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (said.length < 64 * 1024) said += text;
  });
  const deadline = Date.now() + START_MILLISECONDS;
  while (isAlive(child) && Date.now() < deadline) {
    // Its own line, once for this start: somebody else's server may answer on the port.
    if (said.includes("database system is ready to accept connections")) {
      const end = (signal: "SIGINT" | "SIGQUIT") => ended(child, signal);
      return { port, end, stop: () => end("SIGQUIT") };
    }
    await sleep(10);
  }
  await ended(child, "SIGQUIT");
  throw new Error(`postgres did not start: ${said}`);
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function ended(child: ChildProcess, signal: "SIGINT" | "SIGQUIT"): Promise<void> {
  if (!isAlive(child)) return;
  child.kill(signal);
  if (isAlive(child)) await once(child, "exit");
}
