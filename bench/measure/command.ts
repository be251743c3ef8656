import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** What commands, run one after the other, took. */
export interface Usage {
  /** Wall time. */
  readonly seconds: number;
  /** User and system time of the commands and their children. */
  readonly cpuSeconds: number;
  /** The largest resident set that one of the commands had. */
  readonly peakBytes: number;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; a tick has been 10 ms to programs for ever. */
const SECONDS_PER_TICK = 0.01;
const CHILDREN_USER_FIELD = 16;
const INTERVAL_MILLISECONDS = 20;
const KEPT_OUTPUT_BYTES = 4096;

export interface CommandOptions {
  /** Where they run. */
  readonly folder: string;
  /** Besides this process's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Each kills a command once it holds; all are given again then, from the first. */
  readonly ends: readonly (() => boolean)[];
  readonly signal: AbortSignal;
}

/**
 * Runs commands one after the other, without input.
 * @throws when one fails, with the end of what it said, or when all together take longer than the signal allows
 */
export async function measure(commands: readonly (readonly string[])[], options: CommandOptions): Promise<Usage> {
  const cpuBefore = childrenCpuSeconds();
  const start = performance.now();
  let peakBytes = 0;
  for (const end of [...options.ends, undefined]) {
    for (const command of commands) {
      const ended = await run(command, options, end);
      peakBytes = Math.max(peakBytes, ended.peakBytes);
      if (ended.isKilled) break;
    }
  }
  return {
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: childrenCpuSeconds() - cpuBefore,
    peakBytes,
  };
}

async function run(
  [file = "", ...args]: readonly string[],
  { folder, environment, signal }: CommandOptions,
  end: (() => boolean) | undefined,
): Promise<{ readonly peakBytes: number; readonly isKilled: boolean }> {
  const env = { ...process.env, ...environment };
  const child = spawn(file, args, {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    killSignal: "SIGKILL",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-KEPT_OUTPUT_BYTES);
    });
  }
  let peakBytes = 0;
  let isKilled = false;
  const look = () => {
    peakBytes = Math.max(peakBytes, peakMemory(child.pid));
    if (end?.()) isKilled = child.kill("SIGKILL");
  };
  const timer = setInterval(look, INTERVAL_MILLISECONDS);
  try {
    const [code] = await once(child, "close");
    if (code !== 0 && !isKilled) throw new Error(`${file} ${args[0]} ended with ${code}: ${said.trim()}`);
    return { peakBytes, isKilled };
  } finally {
    clearInterval(timer);
  }
}

/** The kernel's own high-water mark, so that looking seldom is enough; 0 when the process is gone. */
export function peakMemory(pid: number | undefined): number {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kibibytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Of the children of this process that have ended, and of theirs. */
function childrenCpuSeconds(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // from the third on: the second may hold spaces
  const [user = 0, system = 0] = fields.slice(CHILDREN_USER_FIELD - 3).map(Number);
  return (user + system) * SECONDS_PER_TICK;
}
