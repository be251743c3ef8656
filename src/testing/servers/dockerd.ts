import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inFolder } from "./folder.ts";
import { pathOf, run } from "./program.ts";

const DOCKERD = { name: "dockerd", aptPackage: "docker.io" };
const START_MILLISECONDS = 30_000;

/** A Docker engine, running. Its images are its own. */
export interface DockerEngineUnderTest extends AsyncDisposable {
  /** `unix:///tmp/…/docker.sock`, for DOCKER_HOST. */
  readonly host: string;
}

/**
 * Starts a real Docker engine (it needs root) without networks, with all its files in a temporary folder, stored by
 * overlays where the kernel lets it. It takes a second or more: share one in a test file. It ends with this process, however that ends.
 */
export function startDockerd(): Promise<DockerEngineUnderTest> {
  return inFolder("dockerd", async (folder) => {
    const socket = join(folder.path, "docker.sock");
    const [path, guard] = [await pathOf(DOCKERD), await pathOf({ name: "setpriv", aptPackage: "util-linux" })];
    const args = [
      ...["--iptables=false", "--bridge=none", "--host", `unix://${socket}`],
      ...["--data-root", join(folder.path, "data"), "--exec-root", join(folder.path, "exec")],
      ...["--pidfile", join(folder.path, "pid")],
    ];
    const child = spawn(guard, ["--pdeathsig", "KILL", "--", path, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-4096);
    });
    const deadline = Date.now() + START_MILLISECONDS;
    while (!(await answers(socket))) {
      if (!isAlive(child) || Date.now() > deadline) {
        await ended(child);
        throw new Error(`dockerd did not start (it needs root):\n${log}`);
      }
      await sleep(50);
    }
    return {
      host: `unix://${socket}`,
      [Symbol.asyncDispose]: async () => {
        await ended(child);
        await unmountIn(folder.path);
        await folder.remove();
      },
    };
  });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    get({ socketPath, path: "/_ping", agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on("error", () => resolve(false));
  });
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** The network of a container that was on the host's stays mounted after the engine has ended. */
async function unmountIn(folder: string): Promise<void> {
  const mounts = await readFile("/proc/mounts", "utf8");
  const places = mounts.split("\n").flatMap((line) => line.split(" ")[1] ?? []);
  for (const place of places.filter((one) => one.startsWith(`${folder}/`))) {
    await run({ name: "umount", aptPackage: "mount" }, ["--lazy", place]);
  }
}

/** Asked, not killed: it unmounts what it has mounted, without which its folder could not be removed. */
async function ended(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  await new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}
