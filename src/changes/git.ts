import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { failure } from "../words/error.ts";

export interface GitOptions {
  /** Left out: this process's. */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

export interface GitAnswer {
  /** Undefined when something killed git. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** They name one repository, whatever folder is asked about; hooks of git set them. */
const PLACES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
];

const LONGEST_REASON = 500;

/**
 * Runs git in a folder, without a shell, in English, and so that it writes nothing and asks nobody.
 * @throws GIT_MISSING when there is no git to run
 */
export async function askGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const { env = process.env, signal } = options;
  const child = spawn("git", ["-C", folder, ...args], {
    env: {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => !PLACES.includes(name))),
      LC_ALL: "C",
      LANGUAGE: "C",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal !== undefined && { signal }),
  });
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once("error", (cause) => reject(signal?.aborted ? signal.reason : missing(cause)));
    child.once("close", (code) => resolve(code ?? undefined));
  });
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exitCode, stdout, stderr };
}

/**
 * What git says to a question that it has to be able to answer.
 * @throws GIT_FAILED with git's own words, GIT_MISSING
 */
export async function runGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const answer = await askGit(folder, args, options);
  if (answer.exitCode === 0) return answer.stdout;
  throw gitFailure(folder, args, answer);
}

/** The error for an answer that is none. */
export function gitFailure(folder: string, args: readonly string[], { exitCode, stderr }: GitAnswer) {
  const said = stderr.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON);
  const reason = said !== "" ? said : exitCode === undefined ? "it was killed" : `exit code ${exitCode}`;
  return failure("GIT_FAILED", { command: `git ${args[0] ?? ""}`, folder, reason });
}

/** What is separated by NUL, as `-z` asks for. */
export function split(output: string): readonly string[] {
  return output.split("\0").filter((part) => part !== "");
}

function missing(cause: Error): Error {
  return failure("GIT_MISSING", { reason: cause.message }, { cause });
}
