import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunShape } from "../../src/daemon/api/shapes.ts";
import { SLIPWAY } from "./command.ts";
import type { Workplace } from "./workplace.ts";

/** Far more than anything that is waited for takes, milliseconds. */
const PATIENCE = 60_000;

/** A line of a daemon's log. */
export type LogEntry = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

export interface ServingOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** `slipway serve` or `slipway worker` in a process of its own, and what it has told so far. */
export class Serving implements AsyncDisposable {
  readonly log: LogEntry[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;
  #printed = "";

  constructor(workplace: Workplace, command: "serve" | "worker", { env = {}, args = [] }: ServingOptions = {}) {
    const environment = {
      PATH: "/usr/bin:/bin",
      HOME: workplace.path("home"),
      XDG_RUNTIME_DIR: workplace.path("home"),
      LC_ALL: "C",
      SLIPWAY_CACHE_DIR: workplace.path("cache"),
      SLIPWAY_DATA_DIR: workplace.path("data"),
      NODE_COMPILE_CACHE: join(tmpdir(), "slipway-end-to-end-compiled"),
      ...env,
    };
    const listen = command === "serve" ? ["--listen", "127.0.0.1:0"] : [];
    this.#child = spawn(SLIPWAY, [command, ...listen, ...args], {
      cwd: workplace.path("."),
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stdout?.on("data", (chunk: Buffer) => {
      this.#printed += chunk.toString();
    });
    const { stderr } = this.#child;
    if (stderr === null) throw new TypeError("its standard error is not piped");
    createInterface(stderr).on("line", (line) => this.log.push(entryOf(line)));
    this.#ended = once(this.#child, "close").then(([code]) => (typeof code === "number" ? code : -1));
  }

  /** The launcher becomes Node: it is the daemon's own. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The exit code, or -1 where a signal ended it. */
  get ended(): Promise<number> {
    return this.#ended;
  }

  /** What it has printed, besides its log. */
  get printed(): string {
    return this.#printed;
  }

  kill(signal: "SIGTERM" | "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGHUP"): void {
    this.#child.kill(signal);
  }

  /** The first line, or the next after so many, that a test recognises. */
  async line(isIt: (entry: LogEntry) => boolean, after = 0): Promise<LogEntry> {
    return until(
      () => this.log.slice(after).find(isIt),
      () => this.told,
    );
  }

  /** All that it told, for messages of tests. */
  get told(): string {
    return this.log.map((entry) => JSON.stringify(entry)).join("\n");
  }

  /** Where it answers, once it does. */
  async url(): Promise<string> {
    return String((await this.line(({ url }) => url !== undefined)).url);
  }

  /** Asks its API, as the operator whose token it has printed, or that is given. */
  async api<T>(
    path: string,
    { token, method = "GET" }: { readonly token: string; readonly method?: string },
  ): Promise<T> {
    const response = await fetch(`${await this.url()}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** The last runs of a mirror, the latest first. */
  async runs(mirror: string, token: string): Promise<readonly RunShape[]> {
    const { items } = await this.api<{ items: readonly RunShape[] }>(`/runs?mirror=${mirror}&limit=50`, { token });
    return items;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGCONT");
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}

/** Waits for something that is not there yet. @throws with what `about` says where it does not come */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, about: () => string): Promise<T> {
  for (const since = performance.now(); performance.now() - since < PATIENCE; await sleep(25)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`it did not come:\n${about()}`);
}

function entryOf(line: string): LogEntry {
  try {
    return JSON.parse(line);
  } catch {
    return { level: "text", msg: line };
  }
}
