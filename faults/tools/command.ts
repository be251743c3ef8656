import { spawn } from "node:child_process";
import { once } from "node:events";
import { peakMemory } from "../../bench/measure/command.ts";

/** How a command ended. */
export interface Ended {
  /** Its exit code; -1 where a signal ended it. */
  readonly code: number;
  /** The end of all that it printed. */
  readonly output: string;
  readonly seconds: number;
  /** The most memory that it had resident, in bytes. */
  readonly peakBytes: number;
}

/** Thrown where a command had to be ended. */
export class Hung extends Error {
  override readonly name = "Hung";
  readonly seconds: number;

  constructor(command: string, seconds: number) {
    super(`${command} was still at it after ${seconds} s`);
    this.seconds = seconds;
  }
}

/** More than any row needs of a tool that does not hang. */
const LIMIT_SECONDS = 90;
const MEMORY_INTERVAL_MILLISECONDS = 50;
const KEPT_OUTPUT = 256 * 1024;

export interface CommandOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** It is killed when this aborts. */
  readonly kill?: AbortSignal | undefined;
}

/** Runs a command to its end, without input. @throws Hung when it takes longer than 90 s; it is killed then */
export async function runCommand([file = "", ...args]: readonly string[], options: CommandOptions): Promise<Ended> {
  const start = performance.now();
  const child = spawn(file, args, { cwd: options.folder, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
  }
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakMemory(child.pid));
  }, MEMORY_INTERVAL_MILLISECONDS);
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    child.kill("SIGKILL");
  }, LIMIT_SECONDS * 1000);
  const kill = () => child.kill("SIGKILL");
  options.kill?.addEventListener("abort", kill);
  try {
    const [code] = await once(child, "close");
    if (hung) throw new Hung(file, LIMIT_SECONDS);
    const seconds = (performance.now() - start) / 1000;
    return { code: typeof code === "number" ? code : -1, output, seconds, peakBytes };
  } finally {
    options.kill?.removeEventListener("abort", kill);
    clearInterval(watch);
    clearTimeout(limit);
  }
}
