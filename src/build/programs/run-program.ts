import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Environment } from "../../target/docker-host.ts";
import { errnoOf } from "../../target/storage-failure.ts";
import { failure } from "../../words/error.ts";
import { lineSplitter } from "./lines.ts";

/** A program of this machine. */
export interface Program {
  readonly name: string;
  /** What installs it on Debian and Ubuntu. */
  readonly install: string;
}

export interface RunOptions {
  readonly environment: Environment;
  readonly signal?: AbortSignal;
  /** Is given each line of output, of both streams, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How a program ended. */
export interface Ending {
  /** `exit code 1`, `signal SIGKILL`; undefined for success. */
  readonly failed?: string;
  /** The first 64 KiB of its standard output. */
  readonly output: string;
  /** The last 20 lines of both streams. */
  readonly lastLines: readonly string[];
}

const LAST_LINES = 20;
const MOST_OUTPUT = 64 * 1024;
/** How long a program may take to clean up after itself when it is told to end. */
const GRACE_MILLISECONDS = 10_000;

/**
 * Runs a program to its end, without a shell. When the signal says so it is told to end, with all that it has started,
 * and killed if it does not.
 *
 * The arguments may hold secrets (`--build-arg`): nothing here tells of them, also not as the cause of an error.
 * @throws BUILD_PROGRAM_MISSING; the signal's reason, once the program has ended
 */
export async function runProgram(program: Program, args: readonly string[], options: RunOptions): Promise<Ending> {
  options.signal?.throwIfAborted();
  const child = start(program, args, options.environment);
  const lastLines: string[] = [];
  let output = "";
  const hear = (line: string) => {
    lastLines.push(line);
    if (lastLines.length > LAST_LINES) lastLines.shift();
    options.onLine?.(line);
  };
  listen(child.stdout, hear);
  listen(child.stderr, hear);
  child.stdout?.on("data", (text: string) => {
    if (output.length < MOST_OUTPUT) output += text.slice(0, MOST_OUTPUT - output.length);
  });
  const stop = stopper(child);
  options.signal?.addEventListener("abort", stop.gently);
  process.once("exit", stop.now);
  try {
    const failed = await ended(child, program);
    options.signal?.throwIfAborted();
    return { ...(failed !== undefined && { failed }), output, lastLines };
  } finally {
    stop.forget();
    options.signal?.removeEventListener("abort", stop.gently);
    process.off("exit", stop.now);
  }
}

function start(program: Program, args: readonly string[], environment: Environment): ChildProcess {
  try {
    // A process group of its own can be ended as a whole: docker's plugins and buildah's steps are children of theirs.
    return spawn(program.name, args, { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
  } catch {
    // Node's message shows the argument.
    throw failure("BUILD_FAILED", {
      builder: program.name,
      exit: "not started",
      line: "an argument or variable holds a NUL byte",
    });
  }
}

function listen(stream: Readable | null, hear: (line: string) => void): void {
  const lines = lineSplitter(hear);
  stream?.setEncoding("utf8").on("data", lines.add).on("end", lines.end);
}

/** Resolves when the program and its output have ended. */
function ended(child: ChildProcess, program: Program): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      const errno = errnoOf(error);
      const reason = errno === "ENOENT" ? "it is not on PATH" : `it cannot be started (${errno})`;
      reject(failure("BUILD_PROGRAM_MISSING", { program: program.name, reason, install: program.install }));
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    });
  });
}

function stopper(child: ChildProcess) {
  let deadline: NodeJS.Timeout | undefined;
  const send = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  return {
    now: () => send("SIGKILL"),
    gently: () => {
      send("SIGTERM");
      deadline = setTimeout(() => send("SIGKILL"), GRACE_MILLISECONDS);
    },
    forget: () => clearTimeout(deadline),
  };
}
